using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Postfix;

internal static class PostfixConfiguration
{
    public static string MainCf(string recipe, TemporaryFolder folder, string logFile) =>
        $"""
        compatibility_level = 3.6
        queue_directory = {folder.File("queue")}
        data_directory = {folder.File("data")}
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        maillog_file = {logFile}
        maillog_file_prefixes = /tmp, /var
        multi_instance_enable = no
        myhostname = gateway.example
        mydestination =
        local_recipient_maps =
        alias_maps =
        alias_database =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks =
        # What is accepted goes nowhere.
        relay_transport = discard:
        disable_dns_lookups = yes
        smtpd_peername_lookup = no
        smtputf8_enable = yes
        # The tests are one impatient client.
        smtpd_error_sleep_time = 0
        smtpd_soft_error_limit = 1000
        smtpd_hard_error_limit = 2000
        smtpd_client_connection_count_limit = 0
        smtpd_client_connection_rate_limit = 0
        smtpd_relay_restrictions = reject_unauth_destination
        {recipe}

        """;

    public static string MasterCf(int port) =>
        $"""
        127.0.0.1:{port} inet n - n - - smtpd
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        proxymap unix - - n - - proxymap
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        tlsmgr unix - - n 1000? 1 tlsmgr
        postlog unix-dgram n - n - 1 postlogd

        """;
}
