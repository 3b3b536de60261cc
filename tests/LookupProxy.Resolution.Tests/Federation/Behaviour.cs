using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>What a directory does when it is asked.</summary>
public enum Behaviour
{
    Exists,
    Absent,
    ExistsSlowly,
    AbsentSlowly,
    Refuses,
    Refers,
    Hangs,
    HangsForGood,
    Throws,
    ThrowsAtOnce,
    SaysNothing,
}

internal static class Behaviours
{
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public static void Set(ScriptedServer server, Behaviour behaviour)
    {
        server.Script = null;
        server.IgnoresToken = behaviour == Behaviour.HangsForGood;
        server.Delay = behaviour switch
        {
            Behaviour.ExistsSlowly or Behaviour.AbsentSlowly => Slow,
            Behaviour.Hangs or Behaviour.HangsForGood => null,
            _ => TimeSpan.Zero,
        };
        server.Says = behaviour switch
        {
            Behaviour.Exists or Behaviour.ExistsSlowly => _ => ScriptedServer.Exists(server.Name),
            Behaviour.Refuses => static _ => new Answer.Unknown(UnknownReason.Busy, "busy"),
            Behaviour.Refers => static _ => new Answer.Unknown(UnknownReason.Referral, "elsewhere"),
            Behaviour.Throws => static _ => throw new InvalidOperationException("a bug"),
            Behaviour.SaysNothing => static _ => null!,
            _ => static _ => Answer.No,
        };
        if (behaviour == Behaviour.ThrowsAtOnce)
            server.Script = static (_, _) => throw new InvalidOperationException("a bug, before the first await");
    }

    public static bool SaysExists(Behaviour behaviour) => behaviour is Behaviour.Exists or Behaviour.ExistsSlowly;

    public static bool SaysAbsent(Behaviour behaviour) => behaviour is Behaviour.Absent or Behaviour.AbsentSlowly;
}
