namespace LookupProxy.Directories.File.Reading.Ldif;

internal enum LdifValueForm
{
    /// <summary>After ":".</summary>
    Text,

    /// <summary>After "::".</summary>
    Base64,

    /// <summary>After ":&lt;".</summary>
    Url,
}
