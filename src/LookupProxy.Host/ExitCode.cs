namespace LookupProxy.Host;

/// <summary>sysexits(3), where it has a word for it.</summary>
internal static class ExitCode
{
    /// <summary>Valid; fine; stopped as asked.</summary>
    public const int Ok = 0;

    /// <summary>Invalid or not ours; unhealthy.</summary>
    public const int No = 1;

    /// <summary>EX_USAGE: the command line.</summary>
    public const int Usage = 64;

    /// <summary>EX_UNAVAILABLE: an address to listen on is taken, or the server asked cannot be reached.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE: a fault of ours.</summary>
    public const int Software = 70;

    /// <summary>EX_IOERR: standard output cannot be written.</summary>
    public const int IoError = 74;

    /// <summary>EX_TEMPFAIL: not known now; ask again.</summary>
    public const int Unknown = 75;

    /// <summary>EX_NOPERM: an address to listen on needs rights that the process lacks, or the administrator's token was refused.</summary>
    public const int NoPermission = 77;

    /// <summary>EX_CONFIG.</summary>
    public const int Configuration = 78;
}
