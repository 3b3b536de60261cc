using System.Collections;
using System.Collections.Immutable;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Entries;

/// <summary>The values of one attribute, under all its options. A foreach over it allocates nothing. Empty by default.</summary>
internal readonly struct AttributeValues(ImmutableArray<LdapAttribute> attributes, string name) : IEnumerable<ReadOnlyMemory<byte>>
{
    public Enumerator GetEnumerator() => new(attributes.IsDefault ? [] : attributes, name);

    IEnumerator<ReadOnlyMemory<byte>> IEnumerable<ReadOnlyMemory<byte>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal struct Enumerator(ImmutableArray<LdapAttribute> attributes, string name) : IEnumerator<ReadOnlyMemory<byte>>
    {
        private int _attribute = -1;
        private int _value;

        public readonly ReadOnlyMemory<byte> Current => attributes[_attribute].Values[_value];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_attribute >= 0 && ++_value < attributes[_attribute].Values.Length)
                return true;
            _value = 0;
            while (++_attribute < attributes.Length)
            {
                if (!attributes[_attribute].Values.IsEmpty && NameOf(attributes[_attribute].Description).Equals(name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }

            // Stays at the end.
            _attribute = attributes.Length - 1;
            _value = int.MaxValue - 1;
            return false;
        }

        public void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }

        private static ReadOnlySpan<char> NameOf(string description)
        {
            var options = description.IndexOf(';');
            return options < 0 ? description : description.AsSpan(0, options);
        }
    }
}
