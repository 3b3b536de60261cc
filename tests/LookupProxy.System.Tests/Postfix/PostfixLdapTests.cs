using LookupProxy.SystemTests.Gateways;

namespace LookupProxy.SystemTests.Postfix;

public abstract class PostfixTableTests(PostfixLab lab) : GatewayTests(lab)
{
    protected override string Rejected => "550 5.1.1 ";

    protected override string Deferred => "451 4.3.0 ";
}

public sealed class PostfixLdapTests(PostfixLdapTests.Lab lab) : PostfixTableTests(lab), IClassFixture<PostfixLdapTests.Lab>
{
    public sealed class Lab(GatewayDirectories directories) : PostfixLab(directories)
    {
        internal override string Recipe => PostfixRecipe.Ldap(Proxy, Folder);
    }
}

public sealed class PostfixLdapStartTlsTests(PostfixLdapStartTlsTests.Lab lab) : PostfixTableTests(lab), IClassFixture<PostfixLdapStartTlsTests.Lab>
{
    public sealed class Lab(GatewayDirectories directories) : PostfixLab(directories)
    {
        internal override string Recipe => PostfixRecipe.LdapWithStartTls(Proxy, Folder);
    }
}

public sealed class PostfixLdapsTests(PostfixLdapsTests.Lab lab) : PostfixTableTests(lab), IClassFixture<PostfixLdapsTests.Lab>
{
    public sealed class Lab(GatewayDirectories directories) : PostfixLab(directories)
    {
        internal override string Recipe => PostfixRecipe.LdapOverTls(Proxy, Folder);
    }
}
