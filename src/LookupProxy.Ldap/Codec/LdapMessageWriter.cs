using System.Buffers;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec;

public static class LdapMessageWriter
{
    public static void Write(IBufferWriter<byte> output, LdapMessage message) => throw new NotSupportedException();
}
