namespace LookupProxy.SystemTests.Gateways;

/// <summary>A real mail server that asks LookupProxy.</summary>
internal interface IMailGateway : IAsyncDisposable
{
    /// <summary>SMTP, on 127.0.0.1.</summary>
    int Port { get; }

    /// <summary>What it says, for the message of a test that fails.</summary>
    string Log { get; }
}
