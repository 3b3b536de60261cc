using System.Buffers.Binary;
using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap;

public sealed class ConnectionTests
{
    private readonly LdapFixture _fixture = new();

    [Theory]
    [InlineData("48 54 54 50")]
    [InlineData("30 84 7F FF FF FF 02 01 01")]
    [InlineData("30 80 02 01 01 42 00 00 00")]
    [InlineData("30 03 02 01 01")]
    [InlineData("30 05 02 01 00 42 00")]
    [InlineData("30 05 02 01 01 7E 00")]
    [InlineData("30 0C 02 01 01 65 07 0A 01 00 04 00 04 00")]
    public async Task What_is_no_request_is_told_so_and_closed(string hex)
    {
        var client = _fixture.Connect();

        client.SendBytes(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        AssertNotice(await client.ReceiveAllAsync(), ResultCode.ProtocolError);
        Assert.True(client.Connection!.IsClosed);
        Assert.Matches(@"\((malformed|protocol): [^)]{20,}\); connection closed", Assert.Single(_fixture.Log.Loud));
    }

    [Fact]
    public async Task A_TLS_client_on_a_plain_port_is_closed_in_silence_and_logged_as_such()
    {
        var client = _fixture.Connect();

        client.SendBytes(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00 });

        Assert.Empty(await client.ReceiveAllAsync());
        Assert.Contains(_fixture.Log.Loud, static line => line.Contains("tls_on_plain_port", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filter_nested_too_deep_is_refused()
    {
        LdapFilter filter = new LdapFilter.Present("mail");
        for (var i = 0; i < 1000; i++)
            filter = new LdapFilter.Not(filter);
        var client = _fixture.Connect();

        client.Send(new SearchRequest("", SearchScope.WholeSubtree, filter));

        AssertNotice(await client.ReceiveAllAsync(), ResultCode.ProtocolError);
    }

    [Fact]
    public async Task A_list_of_attributes_too_long_is_refused()
    {
        var client = _fixture.Connect();

        client.Send(LdapClient.Search("(mail=anna@corp.example)", attributes: [.. Enumerable.Range(0, 10_000).Select(static i => $"a{i}")]));

        AssertNotice(await client.ReceiveAllAsync(), ResultCode.ProtocolError);
    }

    [Fact]
    public async Task A_message_is_smaller_before_a_bind_than_after()
    {
        var long64 = LdapClient.Search("(mail=anna@corp.example)", new string('x', 100_000));
        var nobody = _fixture.Connect();
        nobody.Send(long64);
        AssertNotice(await nobody.ReceiveAllAsync(), ResultCode.ProtocolError);

        var gateway = _fixture.Connect();
        await gateway.BindAsync(LdapFixture.GatewayName, "secret");
        Assert.Single((await gateway.SearchAsync(long64)).Entries);
    }

    [Fact]
    public async Task A_length_that_promises_too_much_is_refused_before_it_is_sent()
    {
        var header = new byte[6] { 0x30, 0x84, 0, 0, 0, 0 };
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(2), 10_000_000);
        var client = _fixture.Connect();

        client.SendBytes(header);

        AssertNotice(await client.ReceiveAllAsync(), ResultCode.ProtocolError);
    }

    [Fact]
    public async Task A_request_that_comes_byte_by_byte_is_answered()
    {
        var client = _fixture.Connect();
        foreach (var octet in LdapClient.Encode(new LdapMessage(70_000, LdapClient.Search("(mail=anna@corp.example)"))))
            client.SendBytes(new[] { octet });

        Assert.Single((await client.ResultAsync(70_000)).Entries);
    }

    [Theory]
    [InlineData("66 09 04 03 63 6E 3D 30 00 30 00", WriteKind.Modify)]
    [InlineData("68 07 04 03 63 6E 3D 30 00", WriteKind.Add)]
    [InlineData("4A 04 63 6E 3D 78", WriteKind.Delete)]
    [InlineData("6C 0D 04 03 63 6E 3D 04 03 63 6E 3D 01 01 FF", WriteKind.ModifyDn)]
    [InlineData("6E 0C 04 03 63 6E 3D 30 05 04 01 61 04 00", WriteKind.Compare)]
    public async Task Whatever_writes_or_compares_is_refused_and_the_connection_stays(string operation, WriteKind kind)
    {
        var octets = Convert.FromHexString(operation.Replace(" ", "", StringComparison.Ordinal));
        octets[1] = (byte)(octets.Length - 2);
        var client = _fixture.Connect();

        client.SendBytes(new byte[] { 0x30, (byte)(octets.Length + 3), 0x02, 0x01, 0x05 }.Concat(octets).ToArray());

        var response = Assert.IsType<WriteResponse>((await client.ReceiveAsync()).Operation);
        Assert.Equal(ResultCode.UnwillingToPerform, response.Result.Code);
        Assert.Equal(kind, response.Kind);
        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Fact]
    public async Task An_unknown_extended_operation_is_refused()
    {
        var client = _fixture.Connect();
        client.Send(new ExtendedRequest(Oids.PasswordModify));

        Assert.Equal(ResultCode.ProtocolError, Assert.IsType<ExtendedResponse>((await client.ReceiveAsync()).Operation).Result.Code);
    }

    [Fact]
    public async Task StartTLS_without_TLS_is_refused_and_the_connection_stays()
    {
        var client = _fixture.Connect();
        client.Send(new ExtendedRequest(Oids.StartTls));

        Assert.Equal(ResultCode.ProtocolError, Assert.IsType<ExtendedResponse>((await client.ReceiveAsync()).Operation).Result.Code);
        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Fact]
    public async Task Unbind_closes()
    {
        var client = _fixture.Connect();
        client.Send(new UnbindRequest());

        Assert.Empty(await client.ReceiveAllAsync());
        Assert.True(client.Connection!.IsClosed);
    }

    [Fact]
    public async Task An_idle_connection_is_closed()
    {
        var client = _fixture.Connect();
        client.Connection!.Pass(_fixture.Time, _fixture.Options.IdleTimeout - TimeSpan.FromSeconds(2));
        Assert.False(client.Connection.Served.IsCompleted);

        client.Connection.Pass(_fixture.Time, TimeSpan.FromSeconds(4));

        Assert.Empty(await client.ReceiveAllAsync());
        Assert.True(client.Connection.IsClosed);
    }

    [Fact]
    public async Task Half_a_request_has_a_time_limit()
    {
        var client = _fixture.Connect();
        client.SendBytes(new byte[] { 0x30 });

        client.Connection!.Pass(_fixture.Time, _fixture.Options.RequestTimeout + TimeSpan.FromSeconds(2));

        Assert.Empty(await client.ReceiveAllAsync());
        Assert.Contains(_fixture.Log.Loud, static line => line.Contains("slow", StringComparison.Ordinal));
    }

    [Fact]
    public void A_client_that_does_not_read_is_cut_and_its_answers_do_not_pile_up()
    {
        var client = _fixture.Connect(window: 1024);
        var requests = LdapClient.Encode([.. Enumerable.Range(1, 500).Select(static id => new LdapMessage(id, LdapClient.Search("(mail=anna@corp.example)")))]);
        client.SendBytes(requests);
        Assert.InRange(_fixture.Resolver.Asked.Count, 1, 499);

        client.Connection!.Pass(_fixture.Time, _fixture.Options.RequestTimeout + TimeSpan.FromSeconds(2));

        Assert.True(client.Connection.Aborted);
    }

    [Fact]
    public async Task A_client_that_was_slow_to_take_an_answer_that_had_to_wait_is_idle_afterwards()
    {
        var held = _fixture.Resolver.Hold("slow@corp.example");
        var client = _fixture.Connect(window: 8);
        var id = client.Send(LdapClient.Search("(mail=slow@corp.example)"));
        held.SetResult(new Core.Recipients.Verdict { Kind = Core.Recipients.VerdictKind.Invalid, Address = _fixture.Resolver.Asked.Single().Address });
        Assert.Equal(ResultCode.Success, (await client.ResultAsync(id)).Result.Code);

        client.Connection!.Pass(_fixture.Time, _fixture.Options.IdleTimeout - TimeSpan.FromSeconds(2));
        Assert.False(client.Connection.Served.IsCompleted);

        client.Connection.Pass(_fixture.Time, TimeSpan.FromSeconds(4));
        Assert.Empty(await client.ReceiveAllAsync());
        Assert.True(client.Connection.IsClosed);
    }

    [Fact]
    public async Task A_stop_answers_what_was_asked_and_says_goodbye()
    {
        var held = _fixture.Resolver.Hold("slow@corp.example");
        var idle = _fixture.Connect();
        var busy = _fixture.Connect();
        var id = busy.Send(LdapClient.Search("(mail=slow@corp.example)"));

        idle.Connection!.RequestClose();
        busy.Connection!.RequestClose();

        AssertNotice(await idle.ReceiveAllAsync(), ResultCode.Unavailable);
        Assert.False(busy.Connection.Served.IsCompleted);
        held.SetResult(new Core.Recipients.Verdict { Kind = Core.Recipients.VerdictKind.Invalid, Address = _fixture.Resolver.Asked.Single().Address });
        Assert.Equal(ResultCode.Success, (await busy.ResultAsync(id)).Result.Code);
        AssertNotice(await busy.ReceiveAllAsync(), ResultCode.Unavailable);
    }

    [Fact]
    public async Task A_client_that_has_sent_its_last_still_gets_its_answer()
    {
        var held = _fixture.Resolver.Hold("slow@corp.example");
        var client = _fixture.Connect();
        client.Send(LdapClient.Search("(mail=slow@corp.example)"));
        client.Connection!.EndSending();

        held.SetResult(new Core.Recipients.Verdict { Kind = Core.Recipients.VerdictKind.Invalid, Address = _fixture.Resolver.Asked.Single().Address });

        Assert.IsType<SearchResultDone>(Assert.Single(await client.ReceiveAllAsync()).Operation);
    }

    [Fact]
    public async Task Connections_are_bounded_for_each_client_and_room_comes_back()
    {
        var fixture = new LdapFixture { Options = new LdapOptions { Anonymous = true, MaxConnections = 3, MaxConnectionsPerClient = 2 } };
        var first = fixture.Connect("127.0.0.9");
        fixture.Connect("127.0.0.9");
        AssertNotice(await fixture.Connect("127.0.0.9").ReceiveAllAsync(), ResultCode.Busy);
        Assert.Single((await fixture.Connect("127.0.0.10").SearchAsync("(mail=anna@corp.example)")).Entries);
        AssertNotice(await fixture.Connect("127.0.0.11").ReceiveAllAsync(), ResultCode.Busy);

        first.Send(new UnbindRequest());
        await first.ReceiveAllAsync();

        Assert.Single((await fixture.Connect("127.0.0.9").SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    private static void AssertNotice(ImmutableArray<LdapMessage> messages, ResultCode code)
    {
        var notice = Assert.Single(messages);
        Assert.Equal(0, notice.MessageId);
        var response = Assert.IsType<ExtendedResponse>(notice.Operation);
        Assert.Equal(Oids.NoticeOfDisconnection, response.Oid);
        Assert.Equal(code, response.Result.Code);
    }
}
