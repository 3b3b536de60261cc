using LookupProxy.Core.Health;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>Something that an administrator must look at, and that stays until it is mended or accepted.</summary>
public sealed record AlarmBody
{
    /// <summary>For programs: canary-missing, canary-found, mass-absence, …</summary>
    public required string Name { get; init; }

    /// <summary>The directory or store it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>For people: what happened, what it means for mail, what to do.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset Since { get; init; }

    public static AlarmBody Of(Alarm alarm) => new() { Name = alarm.Name, Subject = alarm.Subject, Text = alarm.Text, Since = alarm.Since };
}
