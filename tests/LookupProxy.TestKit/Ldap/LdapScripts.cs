using System.Buffers;
using System.Collections.Immutable;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>Behaviours, good and bad, for <see cref="ScriptedLdapServer.OnSearch"/> and its like.</summary>
public static class LdapScripts
{
    public const string NoticeOfDisconnectionOid = "1.3.6.1.4.1.1466.20036";

    /// <summary>The entries that match, then success; noSuchObject for a base that the server does not have.</summary>
    public static async ValueTask Answer(LdapExchange exchange)
    {
        var search = exchange.Search;
        if (!exchange.Server.Entries.HasBase(search.BaseObject))
        {
            await exchange.SendDoneAsync(ResultCode.NoSuchObject);
            return;
        }

        foreach (var entry in exchange.Server.Entries.Find(search))
            await exchange.SendAsync(ScriptedEntry.Select(entry, search.Attributes, search.TypesOnly));
        await exchange.SendDoneAsync();
    }

    /// <summary>No answer at all.</summary>
    public static ValueTask Hang(LdapExchange exchange) => ValueTask.CompletedTask;

    public static ValueTask Reset(LdapExchange exchange)
    {
        exchange.Connection.Reset();
        return ValueTask.CompletedTask;
    }

    public static ValueTask Close(LdapExchange exchange)
    {
        exchange.Connection.Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>An entry, half of the next PDU, and the end of the connection.</summary>
    public static async ValueTask CloseInMidAnswer(LdapExchange exchange)
    {
        await exchange.SendEntryAsync("cn=first");
        await HalfAnswer(exchange);
        exchange.Connection.Close();
    }

    /// <summary>The first half of a searchResultDone, and then silence.</summary>
    public static ValueTask HalfAnswer(LdapExchange exchange)
    {
        var buffer = new ArrayBufferWriter<byte>();
        LdapMessageWriter.Write(buffer, new LdapMessage(exchange.Message.MessageId, new SearchResultDone(new LdapResult(ResultCode.Success))));
        return exchange.Connection.SendBytesAsync(buffer.WrittenMemory[..(buffer.WrittenCount / 2)]);
    }

    /// <summary>The head of a PDU that announces 2 GiB − 1.</summary>
    public static ValueTask HugeAnswer(LdapExchange exchange) => exchange.Connection.SendBytesAsync(new byte[] { 0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02, 0x01 });

    public static ValueTask Garbage(LdapExchange exchange) => exchange.Connection.SendBytesAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

    /// <summary>What Samba does with an unknown critical control: an extendedResponse ends the search.</summary>
    public static ValueTask ExtendedEnd(LdapExchange exchange) =>
        exchange.SendAsync(new ExtendedResponse(new LdapResult(ResultCode.UnavailableCriticalExtension)));

    public static LdapScript Result(ResultCode code, string diagnostic = "", params string[] referral) => exchange =>
        exchange.SendAsync(new SearchResultDone(new LdapResult(code, DiagnosticMessage: diagnostic) { Referral = [.. referral] }));

    /// <summary>For OnBind.</summary>
    public static LdapScript BindResult(ResultCode code, string diagnostic = "") => exchange =>
        exchange.SendAsync(new BindResponse(new LdapResult(code, DiagnosticMessage: diagnostic)));

    /// <summary>For OnStartTls.</summary>
    public static LdapScript ExtendedResult(ResultCode code, string diagnostic = "") => exchange =>
        exchange.SendAsync(new ExtendedResponse(new LdapResult(code, DiagnosticMessage: diagnostic), exchange.Extended.Oid));

    /// <summary>The references, then what <paramref name="then"/> says.</summary>
    public static LdapScript References(LdapScript then, params string[] uris) => async exchange =>
    {
        foreach (var uri in uris)
            await exchange.SendAsync(new SearchResultReference([uri]));
        await then(exchange);
    };

    /// <summary>Answers under the request's message id plus <paramref name="offset"/>.</summary>
    public static LdapScript WrongMessageId(int offset) => exchange =>
        exchange.Connection.SendAsync(new LdapMessage(exchange.Message.MessageId + offset, new SearchResultDone(new LdapResult(ResultCode.Success))));

    /// <summary>RFC 4511 4.4.1; the connection is closed after it.</summary>
    public static LdapScript NoticeOfDisconnection(ResultCode code, string diagnostic = "") => async exchange =>
    {
        await exchange.Connection.SendAsync(new LdapMessage(0, new ExtendedResponse(new LdapResult(code, DiagnosticMessage: diagnostic), NoticeOfDisconnectionOid)));
        exchange.Connection.Close();
    };

    /// <summary>An unsolicited notification that means nothing to the client, then what <paramref name="then"/> says.</summary>
    public static LdapScript Unsolicited(LdapScript then) => async exchange =>
    {
        await exchange.Connection.SendAsync(new LdapMessage(0, new ExtendedResponse(new LdapResult(ResultCode.Success), "1.3.6.1.4.1.99999.1")));
        await then(exchange);
    };

    /// <summary>Entries with no end to them.</summary>
    public static async ValueTask EndlessEntries(LdapExchange exchange)
    {
        await Task.Yield();
        for (var number = 0; !exchange.Connection.Closed.IsCancellationRequested; number++)
            await exchange.SendEntryAsync($"cn={number}");
    }

    /// <summary>Waits for the test's signal.</summary>
    public static LdapScript After(Task signal, LdapScript then) => async exchange =>
    {
        await signal.WaitAsync(exchange.Connection.Closed);
        await then(exchange);
    };

    /// <summary>Waits as long as the clock says.</summary>
    public static LdapScript Delayed(TimeSpan delay, LdapScript then, TimeProvider? time = null) => async exchange =>
    {
        await Task.Delay(delay, time ?? TimeProvider.System, exchange.Connection.Closed);
        await then(exchange);
    };

    /// <summary>One script a request, in turn; the last goes on for ever.</summary>
    public static LdapScript InTurn(params ImmutableArray<LdapScript> scripts)
    {
        var next = -1;
        return exchange => scripts[Math.Min(Interlocked.Increment(ref next), scripts.Length - 1)](exchange);
    }
}
