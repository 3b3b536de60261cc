using System.Collections.Immutable;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Encoding;

namespace LookupProxy.Storage.Sqlite;

/// <summary>What waits to be written. Of an address only one sheet waits.</summary>
internal sealed class WriteQueue(int limit)
{
    /// <summary>So many flushes while the store is down, and all is forgotten instead.</summary>
    private const int MaxOrders = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredSheet> _sheets = new(StringComparer.Ordinal);
    private readonly List<WriteOrder> _orders = [];

    /// <summary>Flushes not yet done, also while they are in the writer's hand.</summary>
    private readonly List<WriteOrder.Forget> _forgetting = [];
    private int _inHand;

    public int Sheets
    {
        get
        {
            lock (_gate)
                return _sheets.Count + _inHand;
        }
    }

    /// <summary>Sheets that wait now; 0 when there is no room for it.</summary>
    public int Add(StoredSheet sheet)
    {
        lock (_gate)
        {
            if (_sheets.TryGetValue(sheet.Key, out var waiting))
                _sheets[sheet.Key] = SheetMerge.Merge(waiting, sheet, now: null);
            else if (_sheets.Count + _inHand >= limit)
                return 0;
            else
                _sheets.Add(sheet.Key, sheet);
            return _sheets.Count;
        }
    }

    public void Add(WriteOrder order)
    {
        lock (_gate)
        {
            if (order is WriteOrder.Forget forget)
            {
                if (_forgetting.Count >= MaxOrders)
                    order = forget = ForgetAll_NeedsLock();
                foreach (var key in _sheets.Keys.Where(key => StoredKey.IsIn(forget.Scope, key)).ToList())
                    _sheets.Remove(key);
                _forgetting.Add(forget);
            }

            _orders.Add(order);
        }
    }

    /// <summary>In place of all flushes that wait, for which nobody waits any longer: the store is down.</summary>
    private WriteOrder.Forget ForgetAll_NeedsLock()
    {
        _forgetting.Clear();
        _orders.RemoveAll(static order => order is WriteOrder.Forget);
        return new WriteOrder.Forget(new FlushScope.OfAll());
    }

    /// <summary>Somebody waits for those that are kept.</summary>
    public bool AwaitsOverrides
    {
        get
        {
            lock (_gate)
                return _orders.Exists(static order => order is WriteOrder.LoadOverrides);
        }
    }

    /// <summary>What can be had without writing: who waits for the overrides waits no longer.</summary>
    public void Serve(ImmutableArray<Override> overrides)
    {
        List<WriteOrder.LoadOverrides> loads;
        lock (_gate)
        {
            loads = [.. _orders.OfType<WriteOrder.LoadOverrides>()];
            _orders.RemoveAll(static order => order is WriteOrder.LoadOverrides);
        }

        foreach (var load in loads)
        {
            load.Loaded = overrides;
            load.SetDone();
        }
    }

    /// <summary>A sheet of this key is to be forgotten and is not yet.</summary>
    public bool IsForgotten(string key)
    {
        lock (_gate)
        {
            foreach (var forget in _forgetting)
            {
                if (StoredKey.IsIn(forget.Scope, key))
                    return true;
            }

            return false;
        }
    }

    public WriteBatch Take(int size)
    {
        lock (_gate)
        {
            var sheets = _sheets.Values.Take(size).ToList();
            foreach (var sheet in sheets)
                _sheets.Remove(sheet.Key);
            WriteOrder[] orders = [.. _orders];
            _orders.Clear();
            _inHand = sheets.Count;
            return new WriteBatch(orders, sheets);
        }
    }

    public void Written(in WriteBatch batch)
    {
        lock (_gate)
        {
            _inHand = 0;
            foreach (var order in batch.Orders)
            {
                if (order is WriteOrder.Forget forget)
                    _forgetting.Remove(forget);
            }
        }

        foreach (var order in batch.Orders)
            order.SetDone();
    }

    /// <summary>It could not be written: it waits again, before what has come since. Returns how many sheets there is no room for.</summary>
    public int Return(in WriteBatch batch)
    {
        lock (_gate)
        {
            _inHand = 0;
            _orders.InsertRange(0, batch.Orders);
            var dropped = 0;
            foreach (var sheet in batch.Sheets)
            {
                if (_sheets.TryGetValue(sheet.Key, out var newer))
                    _sheets[sheet.Key] = SheetMerge.Merge(sheet, newer, now: null);
                else if (_sheets.Count >= limit)
                    dropped++;
                else if (!IsForgottenSince_NeedsLock(sheet.Key, batch))
                    _sheets.Add(sheet.Key, sheet);
            }

            return dropped;
        }
    }

    private bool IsForgottenSince_NeedsLock(string key, in WriteBatch batch)
    {
        foreach (var forget in _forgetting)
        {
            if (!batch.Orders.Contains(forget) && StoredKey.IsIn(forget.Scope, key))
                return true;
        }

        return false;
    }
}
