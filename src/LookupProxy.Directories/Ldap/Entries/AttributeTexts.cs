using System.Collections;

namespace LookupProxy.Directories.Ldap.Entries;

/// <summary>Those of an attribute's values that are text. A foreach over it allocates the texts only.</summary>
internal readonly struct AttributeTexts(AttributeValues values) : IEnumerable<string>
{
    public Enumerator GetEnumerator() => new(values.GetEnumerator());

    public string? First()
    {
        foreach (var text in this)
            return text;
        return null;
    }

    IEnumerator<string> IEnumerable<string>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal struct Enumerator(AttributeValues.Enumerator values) : IEnumerator<string>
    {
        private AttributeValues.Enumerator _values = values;

        public string Current { get; private set; } = "";

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            while (_values.MoveNext())
            {
                if (EntryAttributes.ToText(_values.Current) is not { } text)
                    continue;
                Current = text;
                return true;
            }

            return false;
        }

        public void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
