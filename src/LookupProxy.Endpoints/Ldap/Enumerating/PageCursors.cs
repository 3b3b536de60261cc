using System.Security.Cryptography;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>
/// Enumerations of one connection that wait for their client to ask for the next page (RFC 2696). A cookie is random, good for one page, on this
/// connection, of the same search, and for a limited time.
/// </summary>
internal sealed class PageCursors(PassThroughSearchOptions options, TimeProvider time) : IDisposable
{
    private const int CookieBytes = 16;

    /// <summary>Of one connection; a client pages through one list, or a few.</summary>
    private const int MaxCursors = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, Cursor> _cursors = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _cursors.Count;
        }
    }

    public bool IsFull => Count >= MaxCursors;

    /// <returns>The cookie.</returns>
    public byte[] Park(Enumeration enumeration, SearchRequest search)
    {
        var cookie = RandomNumberGenerator.GetBytes(CookieBytes);
        var key = KeyOf(cookie);
        var cursor = new Cursor(enumeration, FingerprintOf(search));
        lock (_lock)
            _cursors.Add(key, cursor);
        cursor.Timer = time.CreateTimer(_ => Take(key)?.Enumeration.Dispose(), null, options.CookieLifetime, Timeout.InfiniteTimeSpan);
        return cookie;
    }

    /// <summary>Null when there is no such cookie, or it is another search's.</summary>
    public Enumeration? Resume(ReadOnlySpan<byte> cookie, SearchRequest search)
    {
        if (cookie.Length != CookieBytes)
            return null;
        var key = KeyOf(cookie);
        lock (_lock)
        {
            if (!_cursors.TryGetValue(key, out var cursor) || !cursor.Fingerprint.AsSpan().SequenceEqual(FingerprintOf(search)))
                return null;
        }

        return Take(key)?.Enumeration;
    }

    /// <summary>The client is another one, or gone.</summary>
    public void Dispose()
    {
        Cursor[] left;
        lock (_lock)
        {
            left = [.. _cursors.Values];
            _cursors.Clear();
        }

        foreach (var cursor in left)
        {
            cursor.Timer?.Dispose();
            cursor.Enumeration.Dispose();
        }
    }

    private Cursor? Take(UInt128 key)
    {
        lock (_lock)
        {
            if (!_cursors.Remove(key, out var cursor))
                return null;
            cursor.Timer?.Dispose();
            return cursor;
        }
    }

    /// <summary>All of the request but its message id and its controls.</summary>
    private static byte[] FingerprintOf(SearchRequest search) => SHA256.HashData(OperationBytes.Of(search));

    private static UInt128 KeyOf(ReadOnlySpan<byte> cookie) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(cookie);

    private sealed class Cursor(Enumeration enumeration, byte[] fingerprint)
    {
        public Enumeration Enumeration => enumeration;

        public byte[] Fingerprint => fingerprint;

        public ITimer? Timer { get; set; }
    }
}
