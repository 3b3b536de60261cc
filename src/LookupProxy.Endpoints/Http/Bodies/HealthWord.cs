namespace LookupProxy.Endpoints.Http.Bodies;

public enum HealthWord
{
    Healthy,
    Degraded,
    Unhealthy,
}
