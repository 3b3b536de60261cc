using LookupProxy.Endpoints.Ldap.Accounts;

namespace LookupProxy.Endpoints.Tests.Ldap;

public sealed class PasswordHashTests
{
    [Fact]
    public void What_was_made_is_read_and_matches_only_its_password()
    {
        Assert.True(PasswordHash.TryParse(PasswordHash.Create("correct horse"u8), out var hash));
        Assert.True(hash.Matches("correct horse"u8));
        Assert.False(hash.Matches("correct horsf"u8));
        Assert.False(hash.Matches([]));
    }

    [Theory]
    // Python's hashlib: "password" with 1000 rounds and the salt 00 01 … 0f, and with the salt "saltsalt".
    [InlineData("{PBKDF2-SHA256}1000$AAECAwQFBgcICQoLDA0ODw$JeuGrMduQwGPGLmo.Qwv7UYtHHmeg9SK49fGkEamC2c")]
    [InlineData("{PBKDF2-SHA512}1000$AAECAwQFBgcICQoLDA0ODw$x05AgND7tB/uWGjA/2D9dayuJjghWYfl/1T46uIRM5ta0a9uOHvBLdOnC7blqQEIFBxfCONToumEQ5pDM8Qtbg")]
    [InlineData("{SSHA512}9ZxHVj4YomwqqFiYKcIjExMLx2ZblYfXRGc4KMqbgvHq2+HOgwiTIi+eO/Uam/8D0beDAkGpvx14+UFlfBskLnNhbHRzYWx0")]
    [InlineData("{SSHA256}DIzeh0gCRMTRu9dAH3C3rr7fWkRT0Bp2ZdtRqvTX3XJzYWx0c2FsdA==")]
    public void Hashes_of_other_programs_match(string text)
    {
        Assert.True(PasswordHash.TryParse(text, out var hash));
        Assert.True(hash.Matches("password"u8));
        Assert.False(hash.Matches("Password"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("{MD5}X03MO1qnZdYdgyfeuILPmQ==")]
    [InlineData("{PBKDF2-SHA512}0$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("{PBKDF2-SHA512}99999999$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("{PBKDF2-SHA512}1000$AAEC$AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("{PBKDF2-SHA512}1000$AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("{PBKDF2-SHA512}1000$!!$!!")]
    [InlineData("{SSHA512}AAAA")]
    public void What_is_no_strong_hash_is_refused(string text)
    {
        Assert.False(PasswordHash.TryParse(text, out _));
    }
}
