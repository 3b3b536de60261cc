using System.Diagnostics;
using System.Globalization;
using LookupProxy.Core.Listing;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Benchmarks.Listing;

/// <summary>
/// `listing [PEOPLE] [ROUNDS]`: all recipients of a real slapd, read by us and by ldapsearch in turns: the same filter, attributes and pages.
/// Our reading has a process of its own, which says what it took at its peak.
/// </summary>
internal static class ListingCommand
{
    private const string Filter = "(|(mail=*)(mailLocalAddress=*)(mailAlternateAddress=*))";

    private static readonly string[] Attributes = ["objectClass", "mail", "proxyAddresses", "mailLocalAddress", "mailAlternateAddress", "objectGUID", "entryUUID", "nsUniqueId"];

    public static async Task RunAsync(string[] args)
    {
        if (args is ["ldif", var count])
            PeopleLdif.Write(Console.Out, int.Parse(count, CultureInfo.InvariantCulture));
        else if (args is ["read", var url, var changes])
            Console.WriteLine(await ReadAsync(new Uri(url), Enum.Parse<ChangesMethod>(changes)));
        else
            await CompareAsync(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3);
    }

    private static async Task CompareAsync(int people, int rounds)
    {
        await using var slapd = await BenchSlapd.StartAsync(people);
        Console.WriteLine("| round | ldapsearch -E pr=1000/noprompt, s | LookupProxy in pages, s | peak MiB | LookupProxy by syncrepl, s | peak MiB | recipients |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        for (var round = 1; round <= rounds; round++)
        {
            var search = await TimeAsync(BenchSlapd.Program("ldapsearch"), [
                "-x", "-LLL", "-H", $"{slapd.Url}", "-D", PeopleLdif.ServiceDn, "-w", PeopleLdif.Password, "-b", PeopleLdif.Suffix, "-E", "pr=1000/noprompt", Filter, .. Attributes]);
            var pages = await ChildAsync(slapd.Url, ChangesMethod.None);
            var sync = await ChildAsync(slapd.Url, ChangesMethod.SyncRepl);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {round} | {search.TotalSeconds:0.0} | {pages.Seconds:0.0} | {pages.PeakMebibytes} | {sync.Seconds:0.0} | {sync.PeakMebibytes} | {pages.Recipients}, {sync.Recipients} |"));
        }
    }

    private static async Task<ListingFigures> ReadAsync(Uri url, ChangesMethod changes)
    {
        await using var directory = LdapDirectory.Create(
            new LdapDirectoryOptions
            {
                Name = "bench",
                Servers = [new LdapServerOptions { Uri = url, Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = PeopleLdif.ServiceDn, ReadPassword = () => PeopleLdif.Password } }],
                BaseDns = [PeopleLdif.Suffix],
                Schema = LdapSchemas.All.First(static schema => schema.Name == "openldap"),
                Listing = new LdapListingOptions { Changes = changes },
            },
            static server => LookupProxy.Ldap.Client.LdapClient.Create(server, NullLogger.Instance, TimeProvider.System));
        var began = TimeProvider.System.GetTimestamp();
        var recipients = 0;
        await foreach (var batch in ((IRecipientListing)directory).ReadAsync(since: null, CancellationToken.None))
            recipients += batch.Recipients.Length;
        return new ListingFigures(recipients, TimeProvider.System.GetElapsedTime(began).TotalSeconds, PeakMebibytes());
    }

    private static async Task<ListingFigures> ChildAsync(Uri url, ChangesMethod changes)
    {
        using var child = Start(Environment.ProcessPath!, ["listing", "read", $"{url}", $"{changes}"]);
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return ListingFigures.Parse(output.Trim());
    }

    private static async Task<TimeSpan> TimeAsync(string program, string[] arguments)
    {
        var began = TimeProvider.System.GetTimestamp();
        // Through the shell: nothing of ours has to read what it prints.
        using var process = Start("/bin/sh", ["-c", "exec \"$0\" \"$@\" > /dev/null", program, .. arguments]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;

    /// <summary>VmHWM of proc(5).</summary>
    private static int PeakMebibytes()
    {
        var line = System.IO.File.ReadLines("/proc/self/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
