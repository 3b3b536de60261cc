using System.Net.Sockets;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>A socket, or why there is none.</summary>
internal readonly record struct DialOutcome(Socket? Socket, string? Failure);
