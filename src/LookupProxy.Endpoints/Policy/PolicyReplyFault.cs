namespace LookupProxy.Endpoints.Policy;

/// <param name="Reply">Name of the property of <see cref="PolicyReplies"/>.</param>
/// <param name="Message">What is wrong and what is allowed, for the operator.</param>
public sealed record PolicyReplyFault(string Reply, string Value, string Message);
