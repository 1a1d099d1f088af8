using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>A server and an issuer that all tests of a class share.</summary>
public sealed class SignInServer : IAsyncLifetime
{
    public IssuerForge Issuer { get; } = new();

    public NewsroomServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Issuer.InitializeAsync();
        Server = new NewsroomServer
        {
            Settings =
            [
                .. Issuer.Settings,
                // These settings would switch off validation if the section were bound to the token options.
                "--AzureAd:TokenValidationParameters:ValidateIssuer=false",
                "--AzureAd:TokenValidationParameters:ValidateAudience=false",
                "--AzureAd:TokenValidationParameters:ValidateLifetime=false",
                "--AzureAd:TokenValidationParameters:RequireSignedTokens=false",
                "--AzureAd:TokenValidationParameters:ValidateIssuerSigningKey=false",
                "--AzureAd:AllowWebApiToBeAuthorizedByACL=true",
                "--Authentication:Schemes:Bearer:TokenValidationParameters:ValidateLifetime=false",
            ],
        };
        await Server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    public async Task<(HttpResponseMessage Response, JsonNode Body)> AskAsync(params IEnumerable<string> authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(
                """{"query":"{ viewer { kind name roles subject } }"}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        foreach (var value in authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", value);
        }

        var response = await Server.Client.SendAsync(request);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}

[Needs("server")]
public sealed class BadTokenTests(SignInServer signIn) : IClassFixture<SignInServer>
{
    private static readonly RSA Stranger = RSA.Create(2048);
    private static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static readonly Dictionary<string, (int Status, Func<IssuerForge, string> Make)> Cases = new(
        StringComparer.Ordinal
    )
    {
        ["valid"] = (200, f => Editor(f).Sign()),
        ["valid: at+jwt"] = (200, f => Editor(f).Head("typ", "at+jwt").Sign()),
        ["valid: idtyp user"] = (200, f => Editor(f).With("idtyp", "user").Sign()),
        ["valid: several scopes"] = (200, f => Editor(f).With("scp", "Other Cms.Access More").Sign()),
        ["valid: no roles"] = (200, f => Editor(f).Without("roles").Sign()),
        ["valid: expired within the skew"] = (200, f => Editor(f).With("exp", Now(-60)).With("nbf", Now(-900)).Sign()),
        ["valid: not yet valid within the skew"] = (200, f => Editor(f).With("nbf", Now(60)).Sign()),
        ["valid: without nbf"] = (200, f => Editor(f).Without("nbf").Sign()),
        ["valid: application of the home tenant"] = (
            200,
            f => Partner(f).With("tid", IssuerForge.Tenant).With("iss", f.Issuer(IssuerForge.Tenant)).Sign()
        ),
        ["valid: application of a partner"] = (200, f => Partner(f).Sign()),
        ["signature: none"] = (401, f => Editor(f).Bare() + "."),
        ["signature: missing part"] = (401, f => Editor(f).Bare()),
        ["signature: alg none"] = (401, f => Editor(f).Head("alg", "none").Bare() + "."),
        ["signature: alg None, signed"] = (401, f => Editor(f).Head("alg", "None").Sign()),
        ["signature: cut short"] = (401, f => Editor(f).Sign()[..^8]),
        ["signature: one letter changed"] = (401, f => Flip(Editor(f).Sign())),
        ["signature: of another token"] = (
            401,
            f => Editor(f).With("roles", new[] { "Admin" }).Bare() + "." + Editor(f).Sign().Split('.')[2]
        ),
        ["signature: zeros"] = (401, f => Editor(f).Sign(_ => new byte[256])),
        ["signature: empty bytes"] = (401, f => Editor(f).Sign(_ => [])),
        ["algorithm: HS256 with the public key"] = (
            401,
            f => Editor(f).Head("alg", "HS256").Sign(d => HMACSHA256.HashData(f.Key.ExportSubjectPublicKeyInfo(), d))
        ),
        ["algorithm: HS256 with the modulus"] = (
            401,
            f =>
                Editor(f).Head("alg", "HS256").Sign(d => HMACSHA256.HashData(f.Key.ExportParameters(false).Modulus!, d))
        ),
        ["algorithm: HS256 with an empty key"] = (
            401,
            f => Editor(f).Head("alg", "HS256").Sign(d => HMACSHA256.HashData(Array.Empty<byte>(), d))
        ),
        ["algorithm: RS384"] = (401, f => Signed(f, "RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)),
        ["algorithm: RS512"] = (401, f => Signed(f, "RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
        ["algorithm: PS256"] = (401, f => Signed(f, "PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        ["algorithm: ES256"] = (
            401,
            f => Editor(f).Head("alg", "ES256").Sign(d => Curve.SignData(d, HashAlgorithmName.SHA256))
        ),
        ["algorithm: rs256"] = (401, f => Editor(f).Head("alg", "rs256").Sign()),
        ["algorithm: missing"] = (401, f => Headless(f, "alg")),
        ["algorithm: a number"] = (401, f => Editor(f).Head("alg", 256).Sign()),
        ["key: not the issuer's"] = (401, f => Editor(f).Sign(ByStranger)),
        ["key: unknown id"] = (401, f => Editor(f).Head("kid", "unknown").Sign(ByStranger)),
        ["key: without an id, not the issuer's"] = (401, f => Headless(f, "kid", ByStranger)),
        ["key: the id is a path"] = (401, f => Editor(f).Head("kid", "../../../../dev/null").Sign(ByStranger)),
        ["key: the id is SQL"] = (401, f => Editor(f).Head("kid", "' OR 1=1 --").Sign(ByStranger)),
        ["key: the id is a list"] = (401, f => Editor(f).Head("kid", new[] { "key-1" }).Sign(ByStranger)),
        ["key: included in the token (jwk)"] = (401, f => Editor(f).Head("jwk", Jwk()).Sign(ByStranger)),
        ["key: included in a token signed with our key (jwk)"] = (401, f => Editor(f).Head("jwk", Jwk()).Sign()),
        ["key: at another address (jku)"] = (401, f => Editor(f).Head("jku", "https://evil.example/keys").Sign()),
        ["key: at another address (x5u)"] = (401, f => Editor(f).Head("x5u", "https://evil.example/cert").Sign()),
        ["key: a certificate (x5c)"] = (401, f => Editor(f).Head("x5c", new[] { "MIIB" }).Sign()),
        ["header: crit"] = (401, f => Editor(f).Head("crit", new[] { "exp" }).Sign()),
        ["header: empty crit"] = (401, f => Editor(f).Head("crit", Array.Empty<string>()).Sign()),
        ["header: b64"] = (401, f => Editor(f).Head("b64", false).Sign()),
        ["header: zip"] = (401, f => Editor(f).Head("zip", "DEF").Sign()),
        ["header: cty"] = (401, f => Editor(f).Head("cty", "JWT").Sign()),
        ["header: enc"] = (401, f => Editor(f).Head("enc", "A256GCM").Sign()),
        ["header: typ missing"] = (401, f => Headless(f, "typ")),
        ["header: typ id_token"] = (401, f => Editor(f).Head("typ", "id_token+jwt").Sign()),
        ["header: typ logout"] = (401, f => Editor(f).Head("typ", "logout+jwt").Sign()),
        ["header: typ dpop"] = (401, f => Editor(f).Head("typ", "dpop+jwt").Sign()),
        ["header: typ a number"] = (401, f => Editor(f).Head("typ", 1).Sign()),
        ["header: not JSON"] = (401, f => WithHeader(f, "{")),
        ["header: a list"] = (401, f => WithHeader(f, "[]")),
        ["header: empty"] = (401, f => WithHeader(f, "{}")),
        ["header: alg twice"] = (
            401,
            f => WithHeader(f, $$"""{"typ":"JWT","alg":"none","alg":"RS256","kid":"{{f.KeyId}}"}""")
        ),
        ["header: kid twice"] = (
            401,
            f => WithHeader(f, $$"""{"typ":"JWT","alg":"RS256","kid":"x","kid":"{{f.KeyId}}"}""")
        ),
        ["time: expired"] = (401, f => Editor(f).With("exp", Now(-3_600)).With("nbf", Now(-7_200)).Sign()),
        ["time: expired beyond the skew"] = (401, f => Editor(f).With("exp", Now(-125)).With("nbf", Now(-900)).Sign()),
        ["time: not yet valid"] = (401, f => Editor(f).With("nbf", Now(900)).Sign()),
        ["time: exp before nbf"] = (401, f => Editor(f).With("nbf", Now(60)).With("exp", Now(30)).Sign()),
        ["time: no expiry"] = (401, f => Editor(f).Without("exp").Sign()),
        ["time: expiry null"] = (401, f => Editor(f).With("exp", null).Sign()),
        ["time: expiry is a word"] = (401, f => Editor(f).With("exp", "tomorrow").Sign()),
        ["time: expiry is a string"] = (401, f => Editor(f).With("exp", Text(Now(3_600))).Sign()),
        ["time: expiry zero"] = (401, f => Editor(f).With("exp", 0).Sign()),
        ["time: expiry negative"] = (401, f => Editor(f).With("exp", -1).Sign()),
        ["time: expiry out of range"] = (401, f => Editor(f).With("exp", 99_999_999_999_999).Sign()),
        ["time: expiry is a list"] = (401, f => Editor(f).With("exp", new[] { Now(3_600) }).Sign()),
        ["audience: missing"] = (401, f => Editor(f).Without("aud").Sign()),
        ["audience: another application"] = (401, f => Editor(f).With("aud", Other).Sign()),
        ["audience: Graph"] = (401, f => Editor(f).With("aud", "00000003-0000-0000-c000-000000000000").Sign()),
        ["audience: api://"] = (401, f => Editor(f).With("aud", $"api://{IssuerForge.Client}").Sign()),
        ["audience: trailing slash"] = (401, f => Editor(f).With("aud", $"{IssuerForge.Client}/").Sign()),
        ["audience: upper case"] = (401, f => Editor(f).With("aud", IssuerForge.Client.ToUpperInvariant()).Sign()),
        ["audience: ours and another"] = (401, f => Editor(f).With("aud", new[] { Other, IssuerForge.Client }).Sign()),
        ["audience: a list with only ours"] = (401, f => Editor(f).With("aud", new[] { IssuerForge.Client }).Sign()),
        ["audience: empty"] = (401, f => Editor(f).With("aud", "").Sign()),
        ["audience: null"] = (401, f => Editor(f).With("aud", null).Sign()),
        ["issuer: missing"] = (401, f => Editor(f).Without("iss").Sign()),
        ["issuer: another"] = (401, f => Editor(f).With("iss", "https://evil.example/v2.0").Sign()),
        ["issuer: version 1"] = (
            401,
            f => Editor(f).With("iss", $"https://sts.windows.net/{IssuerForge.Tenant}/").Sign()
        ),
        ["issuer: trailing slash"] = (401, f => Editor(f).With("iss", f.Issuer(IssuerForge.Tenant) + "/").Sign()),
        ["issuer: upper case"] = (
            401,
            f => Editor(f).With("iss", f.Issuer(IssuerForge.Tenant).ToUpperInvariant()).Sign()
        ),
        ["issuer: common"] = (401, f => Editor(f).With("iss", f.Issuer("common")).Sign()),
        ["issuer: the template"] = (401, f => Editor(f).With("iss", f.Issuer("{tenantid}")).Sign()),
        ["issuer: of an unknown tenant"] = (
            401,
            f =>
                Editor(f).With("iss", f.Issuer(IssuerForge.StrangeTenant)).With("tid", IssuerForge.StrangeTenant).Sign()
        ),
        ["issuer: empty"] = (401, f => Editor(f).With("iss", "").Sign()),
        ["tenant: missing"] = (401, f => Editor(f).Without("tid").Sign()),
        ["tenant: unknown, with our issuer"] = (401, f => Editor(f).With("tid", IssuerForge.StrangeTenant).Sign()),
        ["tenant: of a partner, with our issuer"] = (401, f => Editor(f).With("tid", IssuerForge.PartnerTenant).Sign()),
        ["tenant: ours, with a partner's issuer"] = (401, f => Partner(f).With("tid", IssuerForge.Tenant).Sign()),
        ["tenant: a person of a partner"] = (
            401,
            f =>
                Editor(f).With("tid", IssuerForge.PartnerTenant).With("iss", f.Issuer(IssuerForge.PartnerTenant)).Sign()
        ),
        ["tenant: an application of an unknown tenant"] = (
            401,
            f =>
                Partner(f)
                    .With("tid", IssuerForge.StrangeTenant)
                    .With("iss", f.Issuer(IssuerForge.StrangeTenant))
                    .Sign()
        ),
        ["tenant: not a GUID"] = (401, f => Editor(f).With("tid", "contoso.example").Sign()),
        ["kind: version 1.0"] = (401, f => Editor(f).With("ver", "1.0").Sign()),
        ["kind: version missing"] = (401, f => Editor(f).Without("ver").Sign()),
        ["kind: version is a number"] = (401, f => Editor(f).With("ver", 2.0).Sign()),
        ["kind: an ID token"] = (401, f => Forged.IdToken(f, "n").Sign()),
        ["kind: nonce"] = (401, f => Editor(f).With("nonce", "n").Sign()),
        ["kind: at_hash"] = (401, f => Editor(f).With("at_hash", "h").Sign()),
        ["kind: c_hash"] = (401, f => Editor(f).With("c_hash", "h").Sign()),
        ["kind: bound to a key"] = (401, f => Editor(f).With("cnf", new { jkt = "x" }).Sign()),
        ["kind: neither person nor application"] = (401, f => Editor(f).Without("scp").Sign()),
        ["kind: both person and application"] = (401, f => Editor(f).With("idtyp", "app").Sign()),
        ["kind: scp with idtyp device"] = (401, f => Editor(f).With("idtyp", "device").Sign()),
        ["kind: scp with a number as idtyp"] = (401, f => Editor(f).With("idtyp", 1).Sign()),
        ["kind: idtyp user without scp"] = (401, f => Editor(f).Without("scp").With("idtyp", "user").Sign()),
        ["kind: idtyp App"] = (401, f => Partner(f).With("idtyp", "App").Sign()),
        ["kind: oid missing"] = (401, f => Editor(f).Without("oid").Sign()),
        ["kind: oid not a GUID"] = (401, f => Editor(f).With("oid", "erin").Sign()),
        ["kind: oid all zeros"] = (401, f => Editor(f).With("oid", Guid.Empty.ToString()).Sign()),
        ["kind: oid in braces"] = (401, f => Editor(f).With("oid", $"{{{Forged.Erin}}}").Sign()),
        ["kind: azp missing"] = (401, f => Editor(f).Without("azp").Sign()),
        ["kind: azp not a GUID"] = (401, f => Editor(f).With("azp", "app").Sign()),
        ["scope: another"] = (403, f => Editor(f).With("scp", "Other.Read").Sign()),
        ["scope: in lower case"] = (403, f => Editor(f).With("scp", "cms.access").Sign()),
        ["scope: with the same prefix"] = (403, f => Editor(f).With("scp", "Cms.AccessAll").Sign()),
        ["scope: empty"] = (403, f => Editor(f).With("scp", "").Sign()),
        ["scope: separated by commas"] = (403, f => Editor(f).With("scp", "Cms.Access,Other").Sign()),
        ["scope: a list"] = (401, f => Editor(f).With("scp", new[] { "Cms.Access" }).Sign()),
        ["scope: null"] = (401, f => Editor(f).With("scp", null).Sign()),
        ["roles: a string"] = (401, f => Editor(f).With("roles", "Admin").Sign()),
        ["roles: an object"] = (401, f => Editor(f).With("roles", new { Admin = true }).Sign()),
        ["roles: a number in the list"] = (401, f => Editor(f).With("roles", new object[] { "Admin", 1 }).Sign()),
        ["roles: a list in the list"] = (401, f => Editor(f).With("roles", new object[] { new[] { "Admin" } }).Sign()),
        ["roles: null"] = (401, f => Editor(f).With("roles", null).Sign()),
        ["valid: a thousand roles"] = (200, f => Editor(f).With("roles", Enumerable.Repeat("Admin", 1_000)).Sign()),
        ["duplicates: roles twice"] = (401, f => Twice(f, "\"roles\":[\"Admin\"]")),
        ["duplicates: oid twice"] = (401, f => Twice(f, $"\"oid\":\"{Forged.App}\"")),
        ["duplicates: exp twice"] = (401, f => Twice(f, $"\"exp\":{Text(Now(9_000))}")),
        ["duplicates: scp twice"] = (401, f => Twice(f, "\"scp\":\"Cms.Access\"")),
        ["duplicates: aud twice"] = (401, f => Twice(f, $"\"aud\":\"{IssuerForge.Client}\"")),
        ["payload: not JSON"] = (401, f => WithPayload(f, "hello")),
        ["payload: a list"] = (401, f => WithPayload(f, "[]")),
        ["payload: empty"] = (401, f => WithPayload(f, "{}")),
        ["payload: cut off"] = (401, f => WithPayload(f, "{\"aud\":")),
        ["valid: 17,000 characters"] = (
            200,
            f => Editor(f).With("groups", Many(240)).With("roles", (string[])[.. Many(80), "Editor", "Owner"]).Sign()
        ),
        ["size: 40,000 characters"] = (431, f => Editor(f).With("groups", Many(800)).Sign()),
        ["form: empty"] = (401, _ => ""),
        ["form: a word"] = (401, _ => "token"),
        ["form: dots"] = (401, _ => ".."),
        ["form: five parts"] = (401, f => Editor(f).Sign() + ".a.b"),
        ["form: with base64 padding"] = (401, f => Editor(f).Sign() + "=="),
        ["form: a space inside"] = (401, f => Editor(f).Sign().Insert(20, " ")),
        ["form: two tokens"] = (401, f => $"{Editor(f).Sign()}, Bearer {Editor(f).Sign()}"),
    };

    private const string Other = "dddddddd-0000-4000-8000-00000000d001";

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_token_is_accepted_only_if_everything_about_it_is_valid(string name)
    {
        var (status, make) = Cases[name];
        var token = make(signIn.Issuer);
        if (status == 431)
        {
            using var tooLarge = new HttpRequestMessage(HttpMethod.Get, "/graphql?query=%7B__typename%7D");
            tooLarge.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            using var refused = await signIn.Server.Client.SendAsync(tooLarge);
            Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, refused.StatusCode);
            return;
        }

        var (response, body) = await signIn.AskAsync($"Bearer {token}");

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 200)
        {
            Assert.NotNull(body["data"]!["viewer"]);
            Assert.Equal(
                "private, no-store",
                response
                    .Headers.CacheControl!.ToString()
                    .Replace("no-store, private", "private, no-store", StringComparison.Ordinal)
            );
            return;
        }

        Assert.Equal(
            status == 401 ? "AUTH_NOT_AUTHENTICATED" : "AUTH_NOT_AUTHORIZED",
            (string?)body["errors"]![0]!["extensions"]!["code"]
        );
        Assert.Null(body["data"]);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Contains("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("IDX", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_at_least_110_cases() => Assert.InRange(Cases.Count, 110, 1_000);

    [Theory]
    [InlineData("Basic ZXJpbjpzZWNyZXQ=")]
    [InlineData("Bearer")]
    [InlineData("Negotiate abc")]
    [InlineData("JWT {0}")]
    [InlineData("Bearer  {0}")]
    [InlineData("Bearer\t{0}")]
    [InlineData("{0}")]
    public async Task Other_authorization_headers_are_rejected_with_401(string header)
    {
        var token = Editor(signIn.Issuer).Sign();

        var (response, _) = await signIn.AskAsync(header.Replace("{0}", token, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Two_Authorization_headers_are_rejected_with_401()
    {
        var token = $"Bearer {Editor(signIn.Issuer).Sign()}";

        Assert.Equal(HttpStatusCode.Unauthorized, (await signIn.AskAsync(token, token)).Response.StatusCode);
    }

    [Fact]
    public async Task A_token_in_the_query_string_is_rejected_with_401()
    {
        using var response = await signIn.Server.Client.GetAsync(
            $"/graphql?query={{viewer{{name}}}}&access_token={Editor(signIn.Issuer).Sign()}"
        );

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("/graphql?query={__typename}", "application/json")]
    [InlineData("/graphql?query=subscription{articlePublished{articleId}}", "text/event-stream")]
    [InlineData("/healthz/live", "*/*")]
    [InlineData("/explorer/start.json", "*/*")]
    public async Task An_invalid_token_is_rejected_with_401_at_every_address(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer a.b.c");

        using var response = await signIn.Server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("Reader", "READER")]
    [InlineData("Author", "READER AUTHOR")]
    [InlineData("Editor", "READER AUTHOR EDITOR")]
    [InlineData("Admin", "READER AUTHOR EDITOR ADMIN")]
    [InlineData("Reader Editor", "READER AUTHOR EDITOR")]
    [InlineData("Admin Reader", "READER AUTHOR EDITOR ADMIN")]
    [InlineData("", "")]
    [InlineData("editor ADMIN Owner", "")]
    [InlineData("Syndication.Read", "")]
    [InlineData("Syndication.Read Reader", "READER")]
    public async Task A_person_has_their_highest_role_and_the_roles_that_it_includes(string roles, string expected)
    {
        var token = Forged.Person(signIn.Issuer, roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Sign();

        var (_, body) = await signIn.AskAsync($"Bearer {token}");

        Assert.Equal(
            JsonSerializer.Serialize(
                new
                {
                    kind = "PERSON",
                    name = "Erin",
                    roles = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    subject = $"{IssuerForge.Tenant}/{Forged.Erin}",
                }
            ),
            body["data"]!["viewer"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("Syndication.Read", "SYNDICATION")]
    [InlineData("", "")]
    [InlineData("Admin", "")]
    [InlineData("Editor Syndication.Read", "SYNDICATION")]
    public async Task An_application_can_have_the_syndication_role_but_no_role_of_a_person(string roles, string role)
    {
        var token = Forged.Partner(signIn.Issuer, roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Sign();

        var (_, body) = await signIn.AskAsync($"Bearer {token}");

        Assert.Equal("PARTNER", (string?)body["data"]!["viewer"]!["kind"]);
        Assert.Equal(role, string.Join(' ', body["data"]!["viewer"]!["roles"]!.AsArray()));
        Assert.Equal($"{IssuerForge.PartnerTenant}/{Forged.App}", (string?)body["data"]!["viewer"]!["subject"]);
    }

    [Fact]
    public async Task A_person_with_many_groups_and_unknown_roles_has_only_the_known_roles()
    {
        var token = Forged.Person(signIn.Issuer, [.. Many(80), "Editor", "Owner"]).With("groups", Many(240)).Sign();

        var (_, body) = await signIn.AskAsync($"Bearer {token}");

        Assert.InRange(token.Length, 17_000, 20_000);
        Assert.Equal("""["READER","AUTHOR","EDITOR"]""", body["data"]!["viewer"]!["roles"]!.ToJsonString());
    }

    [Fact]
    public async Task A_caller_without_a_token_is_anonymous()
    {
        var (response, body) = await signIn.AskAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(body["data"]!["viewer"]);
    }

    private static Forged Editor(IssuerForge issuer) => Forged.Person(issuer, "Editor");

    private static Forged Partner(IssuerForge issuer) => Forged.Partner(issuer, "Syndication.Read");

    private static string[] Many(int count) => [.. Enumerable.Repeat(0, count).Select(_ => $"{Guid.CreateVersion7()}")];

    private static long Now(int seconds) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;

    private static string Text(long seconds) => seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] ByStranger(byte[] data) =>
        Stranger.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Signed(IssuerForge f, string name, HashAlgorithmName hash, RSASignaturePadding padding) =>
        Editor(f).Head("alg", name).Sign(data => f.Key.SignData(data, hash, padding));

    private static string Flip(string token)
    {
        var at = token.LastIndexOf('.') + 10;
        return $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
    }

    private static string Headless(IssuerForge f, string name, Func<byte[], byte[]>? sign = null)
    {
        var token = Editor(f);
        token.Header.Remove(name);
        return sign is null ? token.Sign() : token.Sign(sign);
    }

    private static string WithHeader(IssuerForge f, string header)
    {
        var token = Editor(f);
        token.HeaderText = header;
        return token.Sign();
    }

    private static string WithPayload(IssuerForge f, string payload)
    {
        var token = Editor(f);
        token.Payload = payload;
        return token.Sign();
    }

    private static string Twice(IssuerForge f, string member)
    {
        var token = Editor(f);
        return WithPayload(f, $"{JsonSerializer.Serialize(token.Claims)[..^1]},{member}}}");
    }

    private static object Jwk()
    {
        var key = Stranger.ExportParameters(false);
        return new
        {
            kty = "RSA",
            n = IssuerForge.Encode(key.Modulus!),
            e = IssuerForge.Encode(key.Exponent!),
        };
    }
}
