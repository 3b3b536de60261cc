using System.Text.Json;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>Answers for scripts: a JSON object on each line, the HTTP API's own body; for what could not be asked, the address and the problem.</summary>
internal static class CheckJson
{
    public static string Line(Checked one, bool explain)
    {
        if (one.Answer is { } answer)
            return JsonSerializer.Serialize(explain ? answer : answer with { Evidence = null }, ApiJson.Default.AnswerBody);
        return JsonOutput.Line(json =>
        {
            json.WriteStartObject();
            json.WriteString("address", one.Text);
            json.WriteString("problem", one.Problem);
            json.WriteBoolean("badAddress", one.IsBadAddress);
            json.WriteEndObject();
        });
    }
}
