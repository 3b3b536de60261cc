namespace LookupProxy.Endpoints.Policy;

internal enum PolicyPlaceholder
{
    None,
    Address,
    Domain,
    Reason,
}
