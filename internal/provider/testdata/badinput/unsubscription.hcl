on = ["resource bss_unsubscription"]

case "scope is unknown" {
  at      = "scope"
  summary = "Scope of the unsubscription is not known"
  says    = "has to name it"
  when    = "plan"
  with {
    resource_id = "b5500000-51a0-4000-8000-000000000002"
    scope       = unknown
  }
}

case "resource that does not exist" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  says    = "not taken for one that was unsubscribed"
  when    = "plan"
  with {
    resource_id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}

case "resource in a status that nobody knows" {
  at      = "resource_id"
  summary = "Resource has an unknown status"
  says    = "unknown(9)"
  when    = "plan"
  console "add_resource" {
    status = 9
  }
  with {
    resource_id = resource_id
  }
}
