using LookupProxy.SystemTests.Gateways;
using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Exim;

public sealed class EximLdapTests(EximLdapTests.Lab lab) : EximTests(lab), IClassFixture<EximLdapTests.Lab>
{
    public sealed class Lab(GatewayDirectories directories) : GatewayLab(directories)
    {
        internal override async Task<IMailGateway> StartGatewayAsync() => await EximGateway.StartAsync(EximRecipe.LdapMain(Proxy, Folder), EximRecipe.LdapAcl);
    }
}

public sealed class EximLdapStartTlsTests(EximLdapStartTlsTests.Lab lab) : EximTests(lab), IClassFixture<EximLdapStartTlsTests.Lab>
{
    public sealed class Lab(GatewayDirectories directories) : GatewayLab(directories)
    {
        internal override async Task<IMailGateway> StartGatewayAsync() => await EximGateway.StartAsync(EximRecipe.LdapMainWithStartTls(Proxy, Folder), EximRecipe.LdapAcl);
    }
}

public sealed class EximHttpTests(EximHttpTests.Lab lab) : EximTests(lab), IClassFixture<EximHttpTests.Lab>
{
    protected override string Deferred => "451 4.4.3 ";

    public sealed class Lab(GatewayDirectories directories) : GatewayLab(directories)
    {
        internal override async Task<IMailGateway> StartGatewayAsync() => await EximGateway.StartAsync(EximRecipe.HttpMain, EximRecipe.HttpAcl(Proxy));
    }
}

public abstract class EximTests(GatewayLab lab) : GatewayTests(lab)
{
    protected override string Rejected => "550 5.1.1 User unknown";

    protected override string Deferred => "451 Temporary local problem";
}
