using BenchmarkDotNet.Running;
using LookupProxy.Benchmarks.Policy;

namespace LookupProxy.Benchmarks;

internal static class Program
{
    private static async Task Main(string[] args)
    {
        if (args is ["policy-server", .. var rest])
            await PolicyServer.RunAsync(rest);
        else
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}
