using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>LDAPResult (RFC 4511 4.1.9), whose components most responses begin with.</summary>
internal static class ResultCodec
{
    private const byte ReferralTag = 0xA3;

    /// <summary>A response that is an LDAPResult and nothing else.</summary>
    public static LdapResult ReadWhole(ref BerReader reader, byte tag, LdapCodecLimits limits)
    {
        var outer = reader.Enter(tag);
        var result = Read(ref reader, limits);
        reader.Leave(outer);
        return result;
    }

    public static void WriteWhole(ref BerWriter writer, byte tag, LdapResult result)
    {
        var start = writer.Begin(tag);
        Write(ref writer, result);
        writer.End(start);
    }

    public static LdapResult Read(ref BerReader reader, LdapCodecLimits limits)
    {
        var code = (ResultCode)reader.ReadInteger(BerTag.Enumerated);
        var matchedDn = reader.ReadString();
        var diagnosticMessage = reader.ReadString();
        if (reader.PeekTag() != ReferralTag)
            return new LdapResult(code, matchedDn, diagnosticMessage);
        return new LdapResult(code, matchedDn, diagnosticMessage) { Referral = StringList.Read(ref reader, ReferralTag, limits.MaxUris, "URIs") };
    }

    public static void Write(ref BerWriter writer, LdapResult result)
    {
        writer.WriteEnumerated((int)result.Code);
        writer.WriteString(result.MatchedDn);
        writer.WriteString(result.DiagnosticMessage);
        if (result.Referral.Length > 0)
            StringList.Write(ref writer, ReferralTag, result.Referral);
    }
}
