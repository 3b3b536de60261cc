namespace LookupProxy.Host;

internal static class Program
{
    private static int Main() => 64;
}
