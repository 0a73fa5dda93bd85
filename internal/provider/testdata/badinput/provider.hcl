case "site is unknown" {
  at      = "site"
  summary = "Invalid value"
  says    = "international"
  provider {
    site = "mars"
  }
}

case "site in capital letters" {
  at      = "site"
  summary = "Invalid value"
  says    = "Did you mean \"china\"?"
  provider {
    site = "China"
  }
}

case "site is empty" {
  at      = "site"
  summary = "Invalid value"
  provider {
    site = ""
  }
}

case "BSS_SITE is unknown" {
  at      = "site"
  summary = "Unknown site"
  says    = "BSS_SITE"
  when    = "configure"
  env     = { BSS_SITE = "mars" }
}

case "endpoint without TLS" {
  at      = "endpoint"
  summary = "Invalid URL"
  says    = "loopback"
  provider {
    endpoint = "http://bss.example.com"
  }
}

case "endpoint without TLS that looks near" {
  at      = "endpoint"
  summary = "Invalid URL"
  says    = "loopback"
  provider {
    endpoint = "http://localhost.example.com"
  }
}

case "endpoint without a scheme" {
  at      = "endpoint"
  summary = "Invalid URL"
  says    = "https://"
  provider {
    endpoint = "bss-intl.myhuaweicloud.com"
  }
}

case "endpoint with a port and no scheme" {
  at      = "endpoint"
  summary = "Invalid URL"
  provider {
    endpoint = "bss-intl.myhuaweicloud.com:443"
  }
}

case "endpoint with a query" {
  at      = "endpoint"
  summary = "Invalid URL"
  provider {
    endpoint = "https://bss.example.com?x=1"
  }
}

case "endpoint with a fragment" {
  at      = "endpoint"
  summary = "Invalid URL"
  provider {
    endpoint = "https://bss.example.com#x"
  }
}

case "endpoint with a user" {
  at      = "endpoint"
  summary = "Invalid URL"
  says    = "user name"
  provider {
    endpoint = "https://user:password@bss.example.com"
  }
}

case "endpoint with an empty query" {
  at      = "endpoint"
  summary = "Invalid URL"
  provider {
    endpoint = "https://bss.example.com?"
  }
}

case "endpoint without a host" {
  at      = "endpoint"
  summary = "Invalid URL"
  provider {
    endpoint = "https://:443"
  }
}

case "endpoint with a port that is none" {
  at      = "endpoint"
  summary = "Invalid URL"
  provider {
    endpoint = "https://bss.example.com:99999"
  }
}

case "endpoint is blank" {
  at      = "endpoint"
  summary = "Invalid URL"
  provider {
    endpoint = " "
  }
}

case "endpoint with a line break" {
  at      = "endpoint"
  summary = "Invalid URL"
  provider {
    endpoint = "https://bss.example.com\n"
  }
}

case "BSS_ENDPOINT without TLS" {
  at      = "endpoint"
  summary = "Invalid URL"
  says    = "BSS_ENDPOINT"
  when    = "configure"
  env     = { BSS_ENDPOINT = "http://192.0.2.1:8080" }
}

case "auth_url of another scheme" {
  at      = "auth_url"
  summary = "Invalid URL"
  provider {
    auth_url = "ftp://iam.example.com"
  }
}

case "OS_AUTH_URL without TLS" {
  at      = "auth_url"
  summary = "Invalid URL"
  says    = "OS_AUTH_URL"
  when    = "configure"
  env     = { OS_AUTH_URL = "http://iam.example.com:5000/v3" }
}

case "access key alone" {
  at      = "secret_key"
  summary = "No usable credentials"
  when    = "configure"
  provider {
    access_key = "AK"
  }
}

case "secret key alone" {
  at      = "access_key"
  summary = "No usable credentials"
  when    = "configure"
  provider {
    secret_key = "SK"
  }
}

case "security token alone" {
  at      = "access_key"
  summary = "No usable credentials"
  when    = "configure"
  provider {
    security_token = "T"
  }
}

case "access key is empty" {
  at      = "access_key"
  summary = "Invalid Attribute Value Match"
  provider {
    access_key = ""
    secret_key = "SK"
  }
}

case "access key is blank" {
  at      = "access_key"
  summary = "Invalid Attribute Value Match"
  provider {
    access_key = " "
    secret_key = "SK"
  }
}

case "security token is blank" {
  at      = "security_token"
  summary = "Invalid Attribute Value Match"
  provider {
    access_key     = "AK"
    secret_key     = "SK"
    security_token = "\t"
  }
}

case "token is blank" {
  at      = "token"
  summary = "Invalid Attribute Value Match"
  provider {
    token = "  "
  }
}

case "token on two lines" {
  at      = "token"
  summary = "No usable credentials"
  says    = "line end"
  when    = "configure"
  provider {
    token = "T\nT"
  }
}

case "secret key with a space in it" {
  at      = "secret_key"
  summary = "No usable credentials"
  says    = "copied or wrapped"
  when    = "configure"
  provider {
    access_key = "AK"
    secret_key = "S K"
  }
}

case "domain id is blank" {
  at      = "domain_id"
  summary = "Invalid id"
  provider {
    domain_id = " "
  }
}

case "domain id with a slash" {
  at      = "domain_id"
  summary = "Invalid id"
  provider {
    domain_id = "a/b"
  }
}

case "shared file is empty" {
  at      = "shared_config_file"
  summary = "Invalid Attribute Value Match"
  provider {
    shared_config_file = ""
  }
}

case "shared file is not there" {
  at      = "shared_config_file"
  summary = "No usable credentials"
  when    = "configure"
  env     = { HW_ACCESS_KEY = "", HW_SECRET_KEY = "" }
  provider {
    shared_config_file = "/does/not/exist.json"
  }
}

case "profile is blank" {
  at      = "profile"
  summary = "Invalid Attribute Value Match"
  provider {
    profile = " "
  }
}

case "profile without a file" {
  at      = "profile"
  summary = "No usable credentials"
  when    = "configure"
  env     = { HW_ACCESS_KEY = "", HW_SECRET_KEY = "" }
  provider {
    profile = "work"
  }
}

case "language is unknown" {
  at      = "language"
  summary = "Invalid value"
  provider {
    language = "en"
  }
}

case "retries below zero" {
  at      = "max_retries"
  summary = "Invalid Attribute Value"
  provider {
    max_retries = -1
  }
}

case "retries without end" {
  at      = "max_retries"
  summary = "Invalid Attribute Value"
  provider {
    max_retries = 21
  }
}

case "HW_MAX_RETRIES is no number" {
  at      = "max_retries"
  summary = "Invalid number of retries"
  says    = "HW_MAX_RETRIES"
  when    = "configure"
  env     = { HW_MAX_RETRIES = "many" }
}

case "request timeout of zero" {
  at      = "request_timeout"
  summary = "Invalid duration"
  provider {
    request_timeout = "0"
  }
}

case "request timeout below zero" {
  at      = "request_timeout"
  summary = "Invalid duration"
  provider {
    request_timeout = "-30s"
  }
}

case "request timeout in words" {
  at      = "request_timeout"
  summary = "Invalid duration"
  says    = "30s"
  provider {
    request_timeout = "5 minutes"
  }
}

case "request timeout without a unit" {
  at      = "request_timeout"
  summary = "Invalid duration"
  provider {
    request_timeout = 30
  }
}

case "request timeout of a day" {
  at      = "request_timeout"
  summary = "Invalid duration"
  provider {
    request_timeout = "24h"
  }
}

case "certificates are not there" {
  at      = "cacert_file"
  summary = "Certificates cannot be used"
  when    = "configure"
  provider {
    cacert_file = "/does/not/exist.pem"
  }
}

case "certificates are a folder" {
  at      = "cacert_file"
  summary = "Certificates cannot be used"
  when    = "configure"
  provider {
    cacert_file = "/"
  }
}

case "OS_CACERT is not there" {
  at      = "cacert_file"
  summary = "Certificates cannot be used"
  says    = "OS_CACERT"
  when    = "configure"
  env     = { OS_CACERT = "/does/not/exist.pem" }
}

case "no allowed account" {
  at      = "allowed_domain_ids"
  summary = "Invalid Attribute Value"
  provider {
    allowed_domain_ids = []
  }
}

case "allowed account is empty" {
  at      = "allowed_domain_ids[\"\"]"
  summary = "Invalid Attribute Value Match"
  provider {
    allowed_domain_ids = [""]
  }
}

case "allowed account is null" {
  at      = "allowed_domain_ids"
  summary = "Null Set Value"
  provider {
    allowed_domain_ids = ["0a", null]
  }
}

case "allowed account with a space" {
  at      = "allowed_domain_ids[\"a b\"]"
  summary = "Invalid Attribute Value Match"
  provider {
    allowed_domain_ids = ["a b", "c"]
  }
}
