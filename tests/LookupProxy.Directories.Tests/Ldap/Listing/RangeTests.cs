using System.Globalization;
using System.Text;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Listing;

/// <summary>Active Directory's MaxValRange, as MS-ADTS 3.1.1.3.1.3.3 has it.</summary>
public class RangeTests
{
    private const string Dn = "CN=Many,DC=contoso,DC=example";

    private static readonly Guid Id = new("5d1f1c84-32f7-4a61-bd4d-0a1a5e8b1f10");
    private static readonly LdapListingOptions Options = new() { Changes = ChangesMethod.None };

    [Theory]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(20, 10)]
    [InlineData(4321, 1500)]
    public async Task All_values_are_read(int values, int maxRange)
    {
        await using var server = Server(values, maxRange).Start();
        await using var directory = Options.ConnectTo("active-directory", server);

        var addresses = (await directory.ReadAsync()).Addresses().ToList();

        Assert.Equal(Enumerable.Range(0, values).Select(Listed.Mail).Order(StringComparer.Ordinal), addresses);
        Assert.All(
            server.Ledger.Requests.Select(request => request.Message.Operation).OfType<SearchRequest>().Where(search => search is { Scope: SearchScope.BaseObject, BaseObject: not "" }),
            search => Assert.Equal($"<GUID={Id:D}>", search.BaseObject));
    }

    [Theory]
    [InlineData("nothing", UnknownReason.ProtocolError)]
    [InlineData("the first again", UnknownReason.ProtocolError)]
    [InlineData("gone", UnknownReason.BaseNotFound)]
    [InlineData("closed", UnknownReason.ConnectionLost)]
    public async Task A_recipient_that_cannot_be_read_whole_fails_the_reading(string fault, UnknownReason reason)
    {
        await using var server = Server(25, 10, from => from < 20 ? null : fault switch
        {
            "nothing" => exchange => exchange.SendDoneAsync(),
            "the first again" => exchange => SendAsync(exchange, 25, 10, 0),
            "gone" => LdapScripts.Result(ResultCode.NoSuchObject),
            _ => LdapScripts.Close,
        }).Start();
        await using var directory = Options.ConnectTo("active-directory", server);

        await directory.FailAsync(reason);
    }

    private static ScriptedLdapServer Server(int values, int maxRange, Func<int, LdapScript?>? instead = null) => new ScriptedLdapServer().OnSearch(async exchange =>
    {
        if (exchange.Search.BaseObject.Length == 0)
        {
            await LdapScripts.Answer(exchange);
            return;
        }

        var range = exchange.Search.Attributes.FirstOrDefault(attribute => attribute.Contains(";range=", StringComparison.Ordinal));
        var from = range is null ? 0 : int.Parse(range.Split('=')[1].Split('-')[0], CultureInfo.InvariantCulture);
        if (instead?.Invoke(from) is { } script)
            await script(exchange);
        else
            await SendAsync(exchange, values, maxRange, from);
    });

    private static async ValueTask SendAsync(LdapExchange exchange, int values, int maxRange, int from)
    {
        var some = Enumerable.Range(from, Math.Min(maxRange, values - from)).Select(i => Encoding.ASCII.GetBytes($"smtp:{Listed.Mail(i)}")).ToArray();
        var last = from + some.Length == values ? "*" : (from + some.Length - 1).ToString(CultureInfo.InvariantCulture);
        var description = from == 0 && last == "*" ? "proxyAddresses" : $"proxyAddresses;range={from}-{last}";
        // The attribute's own name comes too, empty.
        await exchange.SendAsync(ScriptedEntry.Create(Dn).With("objectGUID", Id.ToByteArray()).With("proxyAddresses").With(description, some));
        await exchange.SendDoneAsync();
    }
}
