using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Replication;

/// <param name="Behind">Null when the controller has caught up.</param>
/// <param name="ConnectedAt">Timestamp of the beginning of the connection over which it said so.</param>
internal readonly record struct CatchUpWord(Answer.Unknown? Behind, long ConnectedAt = 0);
