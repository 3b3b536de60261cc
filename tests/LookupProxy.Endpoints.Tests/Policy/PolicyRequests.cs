namespace LookupProxy.Endpoints.Tests.Policy;

/// <summary>Requests as Postfix writes them, by the version that added the last of the attributes.</summary>
internal static class PolicyRequests
{
    private static readonly (string Version, string Attributes)[] Added =
    [
        ("2.1", "request=smtpd_access_policy protocol_state=RCPT protocol_name=ESMTP client_address=192.0.2.1 client_name=mx.example.net reverse_client_name=mx.example.net"
            + " helo_name=mx.example.net sender=sender@outside.example recipient=Valid1@shared.example recipient_count=0 queue_id= instance=3b3e.6b0237a2.366fb.0"),
        ("2.2", "size=0 sasl_method= sasl_username= sasl_sender= ccert_subject= ccert_issuer= ccert_fingerprint="),
        ("2.3", "etrn_domain= encryption_protocol=TLSv1.3 encryption_cipher=TLS_AES_256_GCM_SHA384 encryption_keysize=256"),
        ("2.5", "stress="),
        ("2.9", "ccert_pubkey_fingerprint="),
        ("3.0", "client_port=43588"),
        ("3.1", "policy_context=corp"),
        ("3.2", "server_address=127.0.0.1 server_port=25"),
        ("3.8", "compatibility_level=3.8 mail_version=3.8.1"),
        ("3.12", "tls_sni=mx.shared.example"),
    ];

    /// <summary>Postfix 3.7.11 at RCPT, byte for byte.</summary>
    public const string Postfix37 =
        "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\nclient_address=127.0.0.1\nclient_name=unknown\nclient_port=43588\n"
        + "reverse_client_name=unknown\nserver_address=127.0.0.1\nserver_port=21025\nhelo_name=client.test\nsender=sender@outside.example\n"
        + "recipient=valid1@shared.example\nrecipient_count=0\nqueue_id=\ninstance=3b3e.6b0237a2.366fb.0\nsize=0\netrn_domain=\nstress=\nsasl_method=\n"
        + "sasl_username=\nsasl_sender=\nccert_subject=\nccert_issuer=\nccert_fingerprint=\nccert_pubkey_fingerprint=\nencryption_protocol=\nencryption_cipher=\n"
        + "encryption_keysize=0\npolicy_context=\n\n";

    public static TheoryData<string> Versions { get; } = [.. Added.Select(static added => added.Version)];

    /// <summary>The attribute lines of a version, without the empty line.</summary>
    public static string[] Lines(string version) =>
        [.. Added.Take(Array.FindIndex(Added, added => added.Version == version) + 1).SelectMany(static added => added.Attributes.Split(' '))];

    public static string Rcpt(string recipient, params string[] more) => Of(["protocol_state=RCPT", $"recipient={recipient}", .. more]);

    public static string Of(params string[] lines) => $"request=smtpd_access_policy\n{string.Concat(lines.Select(static line => line + "\n"))}\n";
}
