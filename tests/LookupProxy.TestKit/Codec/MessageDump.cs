using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Codec;

/// <summary>All of a message as text: equal texts, equal messages. Records compare memory and arrays by reference, so they can't say.</summary>
public static class MessageDump
{
    public static string Of(LdapMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = new StringBuilder().Append(message.MessageId).Append(' ');
        AppendOperation(text, message.Operation);
        foreach (var control in message.Controls)
            AppendControl(text, control);
        return text.ToString();
    }

    /// <summary>Octets as text where they are plain ASCII, otherwise in hexadecimal; nothing at all differs from no octets.</summary>
    public static string Octets(ReadOnlyMemory<byte>? octets)
    {
        if (octets is not { } given)
            return "-";
        foreach (var octet in given.Span)
        {
            if (octet is < 0x20 or > 0x7E or (byte)'\'')
                return "x'" + Convert.ToHexStringLower(given.Span) + "'";
        }

        return "'" + Encoding.ASCII.GetString(given.Span) + "'";
    }

    private static void AppendOperation(StringBuilder text, LdapOperation operation)
    {
        text.Append(operation.GetType().Name);
        _ = operation switch
        {
            BindRequest bind => text.Append($" v{bind.Version} {Quote(bind.Name)} {Authentication(bind.Authentication)}"),
            BindResponse bound => AppendResult(text, bound.Result).Append($" credentials={Octets(bound.ServerSaslCredentials)}"),
            UnbindRequest => text,
            SearchRequest search => AppendSearch(text, search),
            SearchResultEntry entry => AppendEntry(text, entry),
            SearchResultReference reference => AppendList(text, "uris", reference.Uris),
            SearchResultDone done => AppendResult(text, done.Result),
            ExtendedRequest extended => text.Append($" {extended.Oid} {Octets(extended.Value)}"),
            ExtendedResponse extended => AppendResult(text, extended.Result).Append($" {extended.Oid ?? "-"} {Octets(extended.Value)}"),
            IntermediateResponse intermediate => text.Append($" {intermediate.Oid ?? "-"} {Octets(intermediate.Value)}"),
            AbandonRequest abandon => text.Append($" {abandon.MessageId}"),
            WriteRequest write => text.Append($" {write.Kind} {Quote(write.Target)}"),
            WriteResponse written => AppendResult(text.Append($" {written.Kind}"), written.Result),
            UnknownOperation unknown => text.Append($" {unknown.Tag:X2}"),
            _ => throw new ArgumentException(operation.GetType().Name, nameof(operation)),
        };
    }

    private static StringBuilder AppendSearch(StringBuilder text, SearchRequest search)
    {
        text.Append($" {Quote(search.BaseObject)} {search.Scope} deref={search.Dereference} size={search.SizeLimit} time={search.TimeLimit}");
        text.Append($" typesOnly={search.TypesOnly} ");
        FilterDump.Append(text, search.Filter);
        return AppendList(text, "attributes", search.Attributes);
    }

    private static StringBuilder AppendEntry(StringBuilder text, SearchResultEntry entry)
    {
        text.Append(' ').Append(Quote(entry.ObjectName));
        foreach (var attribute in entry.Attributes)
            text.Append($"\n  {attribute.Description}: {string.Join(", ", attribute.Values.Select(value => Octets(value)))}");
        return text;
    }

    private static StringBuilder AppendResult(StringBuilder text, LdapResult result)
    {
        text.Append($" {(int)result.Code} matched={Quote(result.MatchedDn)} text={Quote(result.DiagnosticMessage)}");
        return result.Referral.IsEmpty ? text : AppendList(text, "referral", result.Referral);
    }

    private static StringBuilder AppendList(StringBuilder text, string name, ImmutableArray<string> items) =>
        text.Append($" {name}=[{string.Join(", ", items.Select(Quote))}]");

    private static void AppendControl(StringBuilder text, LdapControl control) =>
        text.Append($"\n  control {control.Oid}{(control.Critical ? " critical" : "")} {Octets(control.Value)}");

    private static string Authentication(BindAuthentication authentication) => authentication switch
    {
        BindAuthentication.Simple simple => $"simple {Octets(simple.Password)}",
        BindAuthentication.Sasl sasl => $"SASL {sasl.Mechanism} {Octets(sasl.Credentials)}",
        BindAuthentication.Unsupported unsupported => $"unsupported {unsupported.Tag:X2}",
        _ => throw new ArgumentException(authentication.GetType().Name, nameof(authentication)),
    };

    private static string Quote(string text) => "\"" + text.Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n") + "\"";
}
