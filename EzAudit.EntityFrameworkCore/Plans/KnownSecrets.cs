using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>Recognizes properties that hold secrets although they are not marked: those of ASP.NET Core Identity, and others by name.</summary>
/// <remarks>
/// Anyone who knows a user's security stamp can compute second-factor codes. Identity's types are recognized by their full names, because
/// EzAudit does not depend on Identity, and columns and tables may be renamed.
/// </remarks>
internal static class KnownSecrets
{
    private const string Identity = "Microsoft.AspNetCore.Identity.";

    private static readonly FrozenSet<(string Type, string Property)> OfIdentity = new (string, string)[]
    {
        (Identity + "IdentityUser`1", "SecurityStamp"),
        (Identity + "IdentityUser`1", "PasswordHash"),
        (Identity + "IdentityUserToken`1", "Value"),
        (Identity + "IdentityUserPasskey`1", "CredentialId"),
        (Identity + "IdentityPasskeyData", "PublicKey"),
        (Identity + "IdentityPasskeyData", "AttestationObject"),
        (Identity + "IdentityPasskeyData", "ClientDataJson"),
        (Identity + "UserPasskeyInfo", "CredentialId"),
        (Identity + "UserPasskeyInfo", "PublicKey"),
        (Identity + "UserPasskeyInfo", "AttestationObject"),
        (Identity + "UserPasskeyInfo", "ClientDataJson"),
    }.ToFrozenSet();

    // The application's own stores use the same property names. Names that the core redacts in fields are listed too, because the column may
    // have a different name from the property.
    private static readonly FrozenSet<string> Names = new[]
    {
        "securitystamp", "passwordhash", "hashedpassword", "passwordsalt", "authenticatorkey", "recoverycode", "recoverycodes", "backupcodes",
        "twofactorkey", "twofactorsecret", "twofactorrecoverycodes", "totpkey", "totpsecret", "otpkey", "otpsecret", "attestationobject",
        "clientdatajson", "password", "passwd", "pwd", "passphrase", "secret", "clientsecret", "accesstoken", "refreshtoken", "apikey",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the property, or the column that stores it, holds a secret.</summary>
    public static bool Contain(IProperty property, string column) =>
        IsSecretName(property.Name) || IsSecretName(column) || IsOfIdentity(property) || IsOfTokenTable(property)
        || property.PropertyInfo?.GetCustomAttribute<DataTypeAttribute>() is { DataType: DataType.Password };

    private static bool IsSecretName(string name)
    {
        string plain = new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
        return Names.Contains(plain);
    }

    private static bool IsOfIdentity(IProperty property)
    {
        for (Type? type = property.DeclaringType.ClrType; type is not null; type = type.BaseType)
        {
            string? name = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName;
            if (name is not null && OfIdentity.Contains((name, property.Name))) return true;
        }
        return false;
    }

    private static bool IsOfTokenTable(IProperty property) => property.Name == "Value" && property.DeclaringType is IEntityType type
        && type.GetTableMappings().Any(mapping => mapping.Table.Name == "AspNetUserTokens");
}
