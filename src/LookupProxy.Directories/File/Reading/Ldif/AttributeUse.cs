namespace LookupProxy.Directories.File.Reading.Ldif;

/// <summary>What an attribute is read for.</summary>
/// <param name="NeedsPrefix">Its bare values are no addresses of this recipient here: otherMailbox, where people keep private ones.</param>
/// <param name="Published">Index into the published attributes.</param>
internal sealed record AttributeUse(bool HoldsAddress, bool NeedsPrefix, bool IsMail, int? Published, SpecialAttribute Special);
