using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>ldapsearch and the others, which are told by their environment whom to trust and who they are.</summary>
internal static class OpenLdapProgram
{
    /// <param name="authorityFile">Whose certificates it takes.</param>
    /// <param name="client">Its own certificate.</param>
    public static Task<CommandResult> RunAsync(
        string program, string authorityFile, string[] arguments, string? input = null, (string Certificate, string Key)? client = null)
    {
        var environment = new Dictionary<string, string> { ["LDAPTLS_CACERT"] = authorityFile };
        if (client is { } own)
            (environment["LDAPTLS_CERT"], environment["LDAPTLS_KEY"]) = own;
        return Command.RunAsync(Tool.Require(program), arguments, input, environment: environment);
    }
}
