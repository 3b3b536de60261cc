namespace LookupProxy.Directories.Ldap.Filters;

internal enum Placeholder
{
    Address,
    Local,
    Domain,
}
