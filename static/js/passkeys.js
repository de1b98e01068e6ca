// A passkey is made or used: the server's challenge goes to the authenticator, its answer goes back in the form.
(()=>{
const form=document.querySelector('form[data-passkey]');
if(!form)return;
const said=document.getElementById('passkey-said'),button=form.querySelector('button');
const bytes=text=>Uint8Array.from(atob(text.replace(/-/g,'+').replace(/_/g,'/')),letter=>letter.charCodeAt(0));
const text=buffer=>btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g,'-').replace(/\//g,'_').replace(/=+$/,'');
const known=list=>(list||[]).map(one=>({...one,id:bytes(one.id)}));
const ask=options=>{
  options.challenge=bytes(options.challenge);
  if(form.dataset.passkey==='new'){
    options.user.id=bytes(options.user.id);
    options.excludeCredentials=known(options.excludeCredentials);
    return navigator.credentials.create({publicKey:options});
  }
  options.allowCredentials=known(options.allowCredentials);
  return navigator.credentials.get({publicKey:options});
};
const told=found=>{
  const answer={};
  for(const name of ['clientDataJSON','attestationObject','authenticatorData','signature','userHandle'])
    if(found.response[name])answer[name]=text(found.response[name]);
  if(found.response.getTransports)answer.transports=found.response.getTransports();
  return JSON.stringify({id:found.id,rawId:text(found.rawId),type:found.type,response:answer,
    extensions:JSON.stringify(found.getClientExtensionResults())});
};
const go=async()=>{
  said.textContent='Follow what your device shows.';
  try{
    form.elements.credential.value=told(await ask(JSON.parse(form.dataset.options)));
    form.submit();
  }catch(trouble){
    said.textContent='That did not work, or was stopped. Try again, or go back.';
  }
};
form.addEventListener('submit',event=>{event.preventDefault();go()});
if(!window.PublicKeyCredential){said.textContent='This browser cannot use passkeys.';button.disabled=true}
else go();
})();
