namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>What a verdict means for mail, the operator's choice for unknown ones included.</summary>
public enum AdvisedAction
{
    Accept,
    Reject,
    Defer,

    /// <summary>The address is not ours to judge: the gateway's own rules decide.</summary>
    None,
}
