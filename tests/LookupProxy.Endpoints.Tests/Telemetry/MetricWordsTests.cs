using System.Reflection;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Endpoints.Policy;

namespace LookupProxy.Endpoints.Tests.Telemetry;

public sealed class MetricWordsTests
{
    public static TheoryData<string> Words =>
    [
        .. Constants(typeof(PolicyOutcome)),
        .. Constants(typeof(LdapWords)),
        .. Enum.GetValues<PolicyFault>().Select(static fault => fault.Word()),
    ];

    /// <summary>As the resolver's: one dashboard shows both.</summary>
    [Theory]
    [MemberData(nameof(Words))]
    public void Words_of_metrics_are_spelled_with_underscores(string word) => Assert.Matches("^[a-z]+(_[a-z]+)*$", word);

    private static IEnumerable<string> Constants(Type words) =>
        words.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static field => field.IsLiteral).Select(static field => (string)field.GetRawConstantValue()!).Distinct();
}
