namespace LookupProxy.SystemTests.Ldap;

/// <summary>
/// Tests that run while no other does: libldap inside this process takes any signal for a lost server (81) while it waits, and each child process
/// of another test ends with one, sent to the thread that started it. All that use System.DirectoryServices.Protocols are here.
/// </summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
