using LookupProxy.SystemTests.Gateways;

namespace LookupProxy.SystemTests.Postfix;

public abstract class PostfixLab(GatewayDirectories directories) : GatewayLab(directories)
{
    internal abstract string Recipe { get; }

    internal override async Task<IMailGateway> StartGatewayAsync() => await PostfixGateway.StartAsync(Recipe);
}
