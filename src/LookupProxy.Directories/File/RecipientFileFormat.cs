namespace LookupProxy.Directories.File;

public enum RecipientFileFormat
{
    /// <summary>RFC 2849 content records, as ldapsearch, slapcat and ldifde write them.</summary>
    Ldif,

    /// <summary>An address a line, with its kind after white space if wanted; # begins a comment.</summary>
    List,

    /// <summary>RFC 4180 with a header line: address, and if wanted kind, primary and published attributes.</summary>
    Csv,
}
