namespace LookupProxy.Storage.Sqlite;

/// <summary>A database, but none that this version can use.</summary>
internal sealed class ForeignFileException(string message) : Exception(message);
