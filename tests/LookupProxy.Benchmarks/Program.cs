using BenchmarkDotNet.Running;
using LookupProxy.Benchmarks.Ldap;
using LookupProxy.Benchmarks.LdapClient;
using LookupProxy.Benchmarks.Listing;
using LookupProxy.Benchmarks.Policy;
using LookupProxy.Benchmarks.Snapshots;
using LookupProxy.Benchmarks.Storage;

namespace LookupProxy.Benchmarks;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["policy-server", .. var rest])
            await PolicyServer.RunAsync(rest);
        else if (args is ["snapshots", .. var size])
            CopyMeasurement.Run(size);
        else if (args is ["fuzz", .. var options])
            return FuzzCommand.Run(options);
        else if (args is ["ldap-client", .. var comparison])
            await ClientComparison.RunAsync(comparison);
        else if (args is ["listing", .. var listing])
            await ListingCommand.RunAsync(listing);
        else if (args is ["store", .. var sheets])
            await StoreMeasurement.RunAsync(sheets);
        else
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
