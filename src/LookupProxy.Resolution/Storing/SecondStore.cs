using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;

namespace LookupProxy.Resolution.Storing;

/// <summary>The store as flights see it.</summary>
internal sealed class SecondStore(IAnswerStore store, StoreReader reader, StoredAnswers answers)
{
    public bool CanBeRead => reader.CanBeRead;

    public ValueTask<StoredSheet?> FindAsync(string key) => reader.FindAsync(key);

    public AnswerSheet Adopt(AnswerSheet memory, StoredSheet stored, long notBefore) => answers.Adopt(memory, stored, notBefore);

    public void Keep(AnswerSheet sheet)
    {
        if (answers.ToStored(sheet) is { } stored)
            store.Keep(stored);
    }
}
