namespace LookupProxy.Directories.File.Reading.Ldif;

internal enum SpecialAttribute
{
    None,
    ObjectClass,
    UserAccountControl,
    RecipientTypeDetails,
    RequireAuthToSendTo,
}
