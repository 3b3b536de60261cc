using LookupProxy.Ldap.Tests.Support;
using LookupProxy.TestKit.Fuzzing;

namespace LookupProxy.Ldap.Tests.Codec;

/// <summary>The short form; <c>LookupProxy.Benchmarks -- fuzz --count 10000000 --seed 1</c> is the long one.</summary>
public class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Mutations_of_captures_break_no_promise(ulong seed)
    {
        var report = new LdapFuzzer([.. Captures.Names.SelectMany(Captures.Pdus)], seed).Run(100_000);

        // All three ends must be met often, or the mutations are too tame or too wild to prove anything.
        Assert.InRange(report.Done, 10_000, 90_000);
        Assert.InRange(report.Faults, 10_000, 90_000);
        Assert.InRange(report.NeedMore, 1_000, 90_000);
        Assert.InRange(report.Agreed, 100, 90_000);
    }

    [Fact]
    public void A_seed_and_a_number_make_the_same_mutation_again()
    {
        var corpus = Captures.Names.SelectMany(Captures.Pdus).ToArray();
        var fuzzer = new LdapFuzzer(corpus, 7);
        _ = fuzzer.Run(10);
        Assert.Equal(new LdapFuzzer(corpus, 7).Mutate(5), fuzzer.Mutate(5));
        Assert.NotEqual(fuzzer.Mutate(5), fuzzer.Mutate(6));
    }
}
