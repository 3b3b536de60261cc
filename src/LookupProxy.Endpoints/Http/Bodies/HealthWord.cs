namespace LookupProxy.Endpoints.Http.Bodies;

internal enum HealthWord
{
    Healthy,
    Degraded,
    Unhealthy,
}
