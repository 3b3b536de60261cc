using System.Globalization;

namespace LookupProxy.Endpoints.Policy;

/// <summary>Checks the operator's reply templates before they are used (access(5), SMTPD_POLICY_README, RFC 3463).</summary>
public static class PolicyReplyRules
{
    /// <summary>Leaves room for an address in what Postfix takes.</summary>
    private const int MaxTemplateChars = 400;

    private const string Doubled = "Recipient address rejected";

    private static readonly string[] Passing = ["DUNNO", "INFO", "WARN", "PREPEND"];
    private static readonly string[] Temporary = ["DEFER", "DEFER_IF_PERMIT", "DEFER_IF_REJECT"];
    private static readonly string[] Permanent = ["REJECT"];

    /// <summary>Every fault of every template; none when they can be used.</summary>
    public static IEnumerable<PolicyReplyFault> Check(PolicyReplies replies)
    {
        (string Name, string Value, bool MayDefer, bool MayReject)[] all =
        [
            (nameof(replies.Valid), replies.Valid, false, false),
            (nameof(replies.Invalid), replies.Invalid, true, true),

            // What is not known must never become a permanent rejection.
            (nameof(replies.Unknown), replies.Unknown, true, false),
            (nameof(replies.NotOurs), replies.NotOurs, true, true),
            (nameof(replies.BadSyntax), replies.BadSyntax, true, true),
            (nameof(replies.AuthenticationRequired), replies.AuthenticationRequired, true, true),
            (nameof(replies.Disabled), replies.Disabled, true, true),
        ];
        return
            from reply in all
            from fault in Check(reply.Value ?? "", reply.MayDefer, reply.MayReject)
            select new PolicyReplyFault(reply.Name, reply.Value ?? "", fault);
    }

    /// <summary>Whether an action lets the recipient pass, as far as it is for us to say.</summary>
    public static bool Passes(string template) => KindOf(Cut(template).Word) is Kind.Passing;

    private static IEnumerable<string> Check(string template, bool mayDefer, bool mayReject)
    {
        if (template.Length > MaxTemplateChars)
            yield return $"is {template.Length} characters long; at most {MaxTemplateChars} are allowed";
        if (template.Any(char.IsControl))
            yield return "must be one line without control characters";
        if (template.EnumerateRunes().Any(static rune => rune == System.Text.Rune.ReplacementChar))
            yield return "is not valid Unicode text";
        foreach (var word in UnknownPlaceholders(template))
            yield return $"has the unknown placeholder {word}; allowed are {{address}}, {{domain}} and {{reason}}";

        var (action, text) = Cut(template);
        var kind = KindOf(action);
        if (kind is null && (action.Equals("OK", StringComparison.OrdinalIgnoreCase) || (action.Length > 0 && action.All(char.IsAsciiDigit))))
        {
            yield return "must not be OK, nor another number than 4xx or 5xx, which means the same: it ends Postfix's restriction list, so later checks are skipped; use DUNNO";
            yield break;
        }

        if (kind is null || (kind == Kind.Temporary && !mayDefer) || (kind == Kind.Permanent && !mayReject))
        {
            yield return $"begins with '{action}'; allowed here are {Allowed(mayDefer, mayReject)}";
            yield break;
        }

        if (kind == Kind.Passing)
        {
            if (action == "PREPEND" && !text.Contains(": ", StringComparison.Ordinal))
                yield return "needs 'Header-Name: value' after PREPEND";
            yield break;
        }

        var statusClass = kind == Kind.Temporary ? '4' : '5';
        var (code, message) = Cut(text);
        if (!IsEnhancedCode(code, statusClass))
        {
            yield return $"needs an enhanced status code {statusClass}.x.x (RFC 3463) after '{action}', such as {statusClass}.{(kind == Kind.Temporary ? "4.3" : "1.1")}";
            yield break;
        }

        if (message.Length == 0)
            yield return $"needs a text after '{action} {code}'";
        if (message.StartsWith(Doubled, StringComparison.OrdinalIgnoreCase))
            yield return $"must not begin with '{Doubled}': Postfix puts that before it";
    }

    private static (string Word, string Text) Cut(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..].TrimStart(' '));
    }

    private static Kind? KindOf(string action)
    {
        if (Passing.Contains(action))
            return Kind.Passing;
        if (Temporary.Contains(action) || IsCode(action, '4'))
            return Kind.Temporary;
        if (Permanent.Contains(action) || IsCode(action, '5'))
            return Kind.Permanent;
        return null;
    }

    private static bool IsCode(string action, char first) => action.Length == 3 && action[0] == first && action.All(char.IsAsciiDigit);

    private static bool IsEnhancedCode(string code, char statusClass)
    {
        var parts = code.Split('.');
        return parts.Length == 3
            && parts[0].Length == 1
            && parts[0][0] == statusClass
            && parts[1..].All(static part => part.Length is >= 1 and <= 3 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    private static string Allowed(bool mayDefer, bool mayReject)
    {
        IEnumerable<string> words = Passing;
        if (mayDefer)
            words = words.Append("4xx").Concat(Temporary);
        if (mayReject)
            words = words.Append("5xx").Concat(Permanent);
        return string.Join(", ", words);
    }

    private static IEnumerable<string> UnknownPlaceholders(string template)
    {
        foreach (var part in PolicyReplyPart.Split(template))
        {
            var open = part.Placeholder == PolicyPlaceholder.None ? part.Text.IndexOf('{', StringComparison.Ordinal) : -1;
            if (open < 0)
                continue;
            var close = part.Text.IndexOf('}', open);
            yield return close < 0 ? part.Text[open..] : part.Text[open..(close + 1)];
        }
    }

    private enum Kind
    {
        Passing,
        Temporary,
        Permanent,
    }
}
