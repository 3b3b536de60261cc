using LookupProxy.Endpoints.Http.Bodies;
using Microsoft.OpenApi;

namespace LookupProxy.Endpoints.Http.OpenApi;

/// <summary>What the OpenAPI document says of each operation.</summary>
internal static class ApiDocument
{
    private const string Recipients = "recipients";
    private const string HealthTag = "health";
    private const string Directories = "directories";
    private const string Cache = "cache";
    private const string OverridesTag = "overrides";

    private static readonly ApiParameter View = new("view", ParameterLocation.Query, "The set of namespaces to look in; the default one when absent, or when no view has the name.");

    private static readonly ApiParameter Explain = new("explain", ParameterLocation.Query, "Add the answers behind the verdict.") { Type = JsonSchemaType.Boolean };

    private static readonly ApiParameter Server = new("server", ParameterLocation.Query, "One server of the directory; all of them when absent.");

    private static readonly ApiParameter Name = new("name", ParameterLocation.Path, "The directory's name in the configuration.") { Required = true };

    private static readonly ApiResponse[] Answers =
    [
        new(200, "Accept: some directory has the recipient. Also an unknown one in a namespace whose operator chose to accept those; the body says so.", typeof(AnswerBody)),
        new(400, "The address is no RFC 5321 mailbox and its domain is not somebody else's, or a parameter is wrong. Nothing was looked up.", typeof(ProblemBody)),
        new(404, "With action reject, refuse: every directory that could have the recipient says no. With action none the domain is not ours, and the gateway's own rules decide.", typeof(AnswerBody)),
        new(503, "Try again later: a directory that might have the recipient could not be asked. Retry-After says when.", typeof(AnswerBody)),
    ];

    private static readonly ApiParameter OverriddenAddress = new("address", ParameterLocation.Path, "RFC 5321 mailbox, percent-encoded or not; spaces and what is not ASCII (as UTF-8) must be.") { Required = true };

    private static readonly ApiResponse NoToken = new(401, "The bearer token is missing or wrong.", typeof(ProblemBody));

    private static readonly ApiResponse Closed = new(403, "No administrator's token is configured.", typeof(ProblemBody));

    private static readonly ApiResponse TooLarge = new(413, "The body is too large.", typeof(ProblemBody));

    private static readonly ApiResponse NotJson = new(415, "The body is not sent as application/json.", typeof(ProblemBody));

    private static readonly ApiResponse[] Changes =
    [
        new(200, "Done; the directory's state after it.", typeof(DirectoryBody)),
        NoToken,
        Closed,
        new(404, "There is no such directory or server.", typeof(ProblemBody)),
    ];

    public static ApiOperation RecipientByPath { get; } = new(
        "getRecipient",
        Recipients,
        "Is this a valid recipient?",
        "200 accepts and 503 defers; on 404 the body's action says whether to refuse. The address may be percent-encoded or not, but for spaces and what is not ASCII, which must be; a plus sign is a plus sign.")
    {
        Parameters = [new("address", ParameterLocation.Path, "RFC 5321 mailbox, UTF-8.") { Required = true }, View, Explain],
        Responses = Answers,
    };

    public static ApiOperation RecipientByQuery { get; } = new(
        "findRecipient",
        Recipients,
        "Is this a valid recipient?",
        "The same for clients that put the address in the query.")
    {
        Parameters = [new("address", ParameterLocation.Query, "RFC 5321 mailbox, UTF-8.") { Required = true }, View, Explain],
        Responses = Answers,
    };

    public static ApiOperation Health { get; } = new("getHealth", HealthTag, "The state of every directory and server, and the alarms", "Degraded is still 200: some directory answers.")
    {
        Responses = [new(200, "All, or at least one, of the directories can answer.", typeof(HealthBody)), new(503, "No directory can answer.", typeof(HealthBody))],
    };

    public static ApiOperation Live { get; } = new("getLive", HealthTag, "Is the process alive?", "Restart it when not.")
    {
        Responses = [new(200, "Alive.", typeof(StatusBody))],
    };

    public static ApiOperation Ready { get; } = new(
        "getReady",
        HealthTag,
        "Can it answer mail?",
        "Directories that are down don't make it unready: what memory knows is answered, the rest is deferred, and without any server a gateway does worse.")
    {
        Responses = [new(200, "ready, or degraded when a directory is down or there is an alarm.", typeof(StatusBody)), new(503, "starting or stopping.", typeof(StatusBody))],
    };

    public static ApiOperation Startup { get; } = new("getStartup", HealthTag, "Has it started?", "All endpoints are open.")
    {
        Responses = [new(200, "started.", typeof(StatusBody)), new(503, "starting.", typeof(StatusBody))],
    };

    public static ApiOperation Isolate { get; } = new("isolate", Directories, "Take a directory's servers out", "For maintenance. They are asked nothing until they are closed again.")
    {
        Parameters = [Name, Server],
        Responses = Changes,
        Admin = true,
    };

    public static ApiOperation Close { get; } = new("close", Directories, "Let a directory's servers be asked again", "Closes the circuit at once, after isolation or after failures, and tries each server once, also with a password that it refused; the answer has what came of it.")
    {
        Parameters = [Name, Server],
        Responses = Changes,
        Admin = true,
    };

    public static ApiOperation Flush { get; } = new(
        "flush",
        Cache,
        "Forget answers",
        "Of one address, of a domain, or all: in memory, in the store and on the other nodes. They are asked of the directories anew.")
    {
        Body = typeof(FlushRequestBody),
        Responses = [new(200, "Forgotten.", typeof(FlushBody)), new(400, "The body is wrong. Nothing was forgotten.", typeof(ProblemBody)), NoToken, Closed, TooLarge, NotJson],
        Admin = true,
    };

    public static ApiOperation ListOverrides { get; } = new("listOverrides", OverridesTag, "The administrator's overrides", "Those that have not expired.")
    {
        Responses = [new(200, "All of them.", typeof(OverridesBody)), NoToken, Closed],
        Admin = true,
    };

    public static ApiOperation SetOverride { get; } = new(
        "setOverride", OverridesTag, "Say what an address is", "Above what the directories say, for a time, on all nodes. Replaces an earlier override of the address.")
    {
        Parameters = [OverriddenAddress],
        Body = typeof(OverrideRequestBody),
        Responses =
        [
            new(200, "It counts.", typeof(OverrideBody)),
            new(400, "The address or the body is wrong, no namespace has the domain, or postmaster would be invalid. Nothing was changed.", typeof(ProblemBody)),
            NoToken,
            Closed,
            new(409, "There are too many overrides. Nothing was changed.", typeof(ProblemBody)),
            TooLarge,
            NotJson,
        ],
        Admin = true,
    };

    public static ApiOperation RemoveOverride { get; } = new("removeOverride", OverridesTag, "Let the directories speak again", "Ends an override before its time.")
    {
        Parameters = [OverriddenAddress],
        Responses =
        [
            new(200, "Removed.", typeof(OverrideRemovedBody)),
            new(400, "No address.", typeof(ProblemBody)),
            NoToken,
            Closed,
            new(404, "There is no override of this address.", typeof(ProblemBody)),
        ],
        Admin = true,
    };

    public static ApiOperation Refresh { get; } = new("refresh", Directories, "Read a directory for its local copy", "All of it, now and in the background; the copy from before stays in use until then.")
    {
        Parameters = [Name],
        Responses =
        [
            new(200, "The reading has begun, or does as soon as the one under way ends.", typeof(DirectoryBody)),
            NoToken,
            Closed,
            new(404, "There is no such directory, or no local copy of it.", typeof(ProblemBody)),
        ],
        Admin = true,
    };

    public static ApiOperation Accept { get; } = new(
        "accept",
        Directories,
        "Accept what is refused of a directory",
        "Many of its recipients are gone at once, which is taken for a fault and so rejects nobody. This says that it is the truth.")
    {
        Parameters = [Name],
        Responses =
        [
            new(200, "Accepted.", typeof(AcceptedBody)),
            NoToken,
            Closed,
            new(404, "There is no such directory.", typeof(ProblemBody)),
            new(409, "Nothing of this directory is refused.", typeof(ProblemBody)),
        ],
        Admin = true,
    };

    public static ApiOperation Metrics { get; } = new("getMetrics", HealthTag, "Metrics", "Prometheus text.")
    {
        Responses = [new(200, "The metrics."), new(404, "Metrics are switched off.", typeof(ProblemBody))],
    };
}
