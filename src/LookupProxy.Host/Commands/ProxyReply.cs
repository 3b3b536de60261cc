using System.Net;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <param name="Body">What was asked for.</param>
/// <param name="Problem">Or why not.</param>
internal sealed record ProxyReply<T>(HttpStatusCode Status, T? Body, ProblemBody? Problem)
    where T : class
{
    public string Complaint => Problem is { } problem ? problem.Detail ?? problem.Title : $"status {(int)Status}";
}
