using System.Reflection;
using LookupProxy.Host.Composition;

namespace LookupProxy.Host.Tests.Architecture;

public sealed class EventIdTests
{
    [Fact]
    public void An_event_id_of_the_log_means_one_thing_in_the_whole_program()
    {
        var ids = typeof(LookupEngine).Assembly.GetReferencedAssemblies()
            .Where(static name => name.Name!.StartsWith("LookupProxy.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(typeof(LookupEngine).Assembly)
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type.Name.EndsWith("EventIds", StringComparison.Ordinal))
            .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(static field => field.IsLiteral)
            .Select(static field => ((int)field.GetRawConstantValue()!, $"{field.DeclaringType!.FullName}.{field.Name}"))
            .ToList();

        Assert.True(ids.Count > 30);
        Assert.Empty(ids.GroupBy(static id => id.Item1).Where(static group => group.Count() > 1).Select(static group => string.Join(", ", group)));
    }
}
