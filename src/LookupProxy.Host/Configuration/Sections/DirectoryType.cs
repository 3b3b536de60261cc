namespace LookupProxy.Host.Configuration.Sections;

internal enum DirectoryType
{
    Unsaid,
    Ldap,
    File,
}
