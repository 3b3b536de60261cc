namespace LookupProxy.Core.Addresses;

internal enum LocalPartForm
{
    /// <summary>Dot-string (RFC 5321 4.1.2), where empty atoms are let pass.</summary>
    Atoms,

    /// <summary>Quoted-string with its quotes.</summary>
    Quoted,

    /// <summary>Any characters, taken as they are.</summary>
    Raw,
}
