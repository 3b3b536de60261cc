using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Controls;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>RFC 4511 4.1.11.</summary>
internal static class ControlsCodec
{
    private const byte ControlsTag = 0xA0;

    /// <summary>The controls after an operation, if there are some.</summary>
    public static ImmutableArray<LdapControl> Read(ref BerReader reader, LdapCodecLimits limits)
    {
        if (reader.PeekTag() != ControlsTag)
            return [];
        var outer = reader.Enter(ControlsTag);
        var controls = new LdapControl[reader.CountElements(limits.MaxControls, "controls")];
        for (var i = 0; !reader.AtEnd; i++)
            controls[i] = ReadControl(ref reader);
        reader.Leave(outer);
        return ImmutableCollectionsMarshal.AsImmutableArray(controls);
    }

    public static void Write(ref BerWriter writer, ImmutableArray<LdapControl> controls)
    {
        if (controls.Length == 0)
            return;
        var start = writer.Begin(ControlsTag);
        foreach (var control in controls)
            WriteControl(ref writer, control);
        writer.End(start);
    }

    private static LdapControl ReadControl(ref BerReader reader)
    {
        var outer = reader.Enter(BerTag.Sequence);
        var oid = reader.ReadString();
        var critical = reader.ReadOptionalBoolean(absent: false);
        var value = reader.ReadOptionalOctets(BerTag.OctetString);
        reader.Leave(outer);
        return new LdapControl(oid, critical, value);
    }

    private static void WriteControl(ref BerWriter writer, LdapControl control)
    {
        var start = writer.Begin(BerTag.Sequence);
        writer.WriteString(control.Oid);
        if (control.Critical)
            writer.WriteBoolean(BerTag.Boolean, true);
        writer.WriteOptionalOctets(BerTag.OctetString, control.Value);
        writer.End(start);
    }
}
