using System.Text.Json;
using System.Text.Json.Serialization;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Http.Bodies;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(CamelCaseEnum<VerdictKind>),
        typeof(CamelCaseEnum<AdvisedAction>),
        typeof(CamelCaseEnum<RecipientKind>),
        typeof(CamelCaseEnum<EvidenceSource>),
        typeof(CamelCaseEnum<AnswerWord>),
        typeof(CamelCaseEnum<HealthWord>),
        typeof(CamelCaseEnum<OverrideWord>),
        typeof(CamelCaseEnum<BreakerState>),
        typeof(CamelCaseEnum<SnapshotState>),
        typeof(NamedEnum<UnknownReason>),
    ])]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(DirectoryBody))]
[JsonSerializable(typeof(AcceptedBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(FlushRequestBody))]
[JsonSerializable(typeof(FlushBody))]
[JsonSerializable(typeof(OverrideRequestBody))]
[JsonSerializable(typeof(OverrideBody))]
[JsonSerializable(typeof(OverridesBody))]
[JsonSerializable(typeof(OverrideRemovedBody))]
[JsonSerializable(typeof(ProblemBody))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Makes the OpenAPI document, which is drawn from the application's own options, say what the bodies really look like.</summary>
    public static void Describe(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);
        options.NumberHandling = JsonNumberHandling.Strict;
        foreach (var converter in Default.Options.Converters)
            options.Converters.Add(converter);
    }
}

public sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>For names that logs and metrics carry too.</summary>
public sealed class NamedEnum<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
