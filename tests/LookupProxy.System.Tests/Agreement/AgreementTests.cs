namespace LookupProxy.SystemTests.Agreement;

/// <summary>One cache and one resolver stand behind all endpoints: whichever a gateway asks, and however, the verdict is the same, and true.</summary>
public sealed class AgreementTests(AgreementLab lab) : IClassFixture<AgreementLab>
{
    private const int Count = 10_000;

    private static readonly Dictionary<Truth, (string Policy, string Ldap, string Http)> Words = new()
    {
        [Truth.Exists] = ("DUNNO", "1 entries, 0", "200 accept"),
        [Truth.Nobody] = ("550 5.1.1", "0 entries, 0", "404 reject"),
        [Truth.CannotBeTold] = ("DEFER_IF_PERMIT 4.4.3", "0 entries, 52", "503 defer"),
        [Truth.NotOurs] = ("DUNNO", "0 entries, 0", "404 none"),
        [Truth.NoAddress] = ("550 5.1.3", "0 entries, 0", "400 no action"),
    };

    [Fact]
    public async Task Policy_LDAP_and_HTTP_give_ten_thousand_addresses_the_same_verdict_and_the_true_one()
    {
        var questions = lab.Population.Ask(Count);
        var started = TimeProvider.System.GetTimestamp();
        var wrong = await AskAsync(questions);
        var took = TimeProvider.System.GetElapsedTime(started);

        // A busy machine's directory may answer too late, and then it is not known: whoever is deferred asks again, as mail servers do.
        var again = wrong.Where(static answer => answer.IsTemporary).Select(static answer => answer.Question).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine($"{Count} addresses by three protocols in {took.TotalSeconds:0.0} s, {again.Length} asked again, seed {AgreementLab.Seed}");
        Assert.InRange(again.Length, 0, Count / 4);
        wrong = [.. wrong.Where(static answer => !answer.IsTemporary), .. await AskAsync(again)];

        Assert.True(wrong.Length == 0, $"{wrong.Length} of {Count} with seed {AgreementLab.Seed}:\n{string.Join('\n', wrong.Take(20))}\n{lab.Proxy.Log.Tail(20)}");
        // Every kind was there.
        Assert.Equal(Words.Keys.Order(), questions.Select(static question => question.Truth).Distinct().Order());
    }

    /// <summary>By all three at once, so that each has the first word on some addresses and finds others in the cache.</summary>
    /// <returns>What was not said as it is true.</returns>
    private async Task<Answer[]> AskAsync(Question[] questions)
    {
        var policy = Askers.PolicyAsync(lab.Proxy, questions);
        var ldap = Askers.LdapAsync(lab.Proxy, questions);
        var http = Askers.HttpAsync(lab.Proxy, questions);
        await Task.WhenAll(policy, ldap, http);
        return [.. questions.Select((question, i) => new Answer(question, policy.Result[i], ldap.Result[i], http.Result[i])).Where(static answer => (answer.Policy, answer.Ldap, answer.Http) != Words[answer.Question.Truth])];
    }

    private sealed record Answer(Question Question, string Policy, string Ldap, string Http)
    {
        /// <summary>Where it is wrong it is only put off.</summary>
        public bool IsTemporary
        {
            get
            {
                var (policy, ldap, http) = Words[Question.Truth];
                var (notKnownPolicy, notKnownLdap, notKnownHttp) = Words[Truth.CannotBeTold];
                return (Policy == policy || Policy == notKnownPolicy) && (Ldap == ldap || Ldap == notKnownLdap) && (Http == http || Http == notKnownHttp);
            }
        }
    }
}
