namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The three things a directory can say.</summary>
public enum AnswerWord
{
    Exists,
    Absent,
    Unknown,
}
